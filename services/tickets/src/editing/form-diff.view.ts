import { type Localized, text } from '../form/form-text.ts';
import { asRecord } from '../form/form-written.ts';
import type { FormChange, FormPlace } from './form-diff.ts';
import { changedWords, fieldName, placeWords, type Speaker, valueWords } from './form-diff-words.ts';
import type { FormChangeFace } from './form-editing.graphql.ts';

/** What people call the properties of a form, a step and a field. */
const properties: Record<string, Localized> = {
  title: text('título', 'title', 'título'),
  serviceArea: text('área de serviço', 'service area', 'área de servicio'),
  requestType: text('tipo de chamado', 'request type', 'tipo de solicitud'),
  entitledBy: text('contratos que dão direito', 'entitlements', 'contratos que dan derecho'),
  product: text('produto', 'product', 'producto'),
  submitLabel: text('botão', 'button', 'botón'),
  label: text('rótulo', 'label', 'rótulo'),
  help: text('ajuda', 'help', 'ayuda'),
  kind: text('tipo', 'kind', 'tipo'),
  means: text('significado', 'meaning', 'significado'),
  options: text('opções', 'options', 'opciones'),
  'options.levels': text('listas de opções', 'lists of options', 'listas de opciones'),
  'options.parent': text('opções dependem de', 'options depend on', 'las opciones dependen de'),
  'options.root': text('opções abaixo de', 'options below', 'opciones debajo de'),
  'options.depth': text('profundidade das opções', 'depth of options', 'profundidad de las opciones'),
  'options.showPath': text('opções com o caminho', 'options with their path', 'opciones con su camino'),
  visible: text('mostrado', 'shown', 'mostrado'),
  required: text('obrigatório', 'required', 'obligatorio'),
  fixed: text('valor fixo', 'fixed value', 'valor fijo'),
  default: text('valor inicial', 'default', 'valor inicial'),
  automatic: text('preenchido com', 'filled with', 'completado con'),
  mustBeOn: text('precisa ficar marcado', 'must be on', 'debe quedar marcado'),
  maxLength: text('máximo de caracteres', 'most characters', 'máximo de caracteres'),
  'attachmentPolicy.extensions': text('tipos de arquivo', 'types of files', 'tipos de archivo'),
  'attachmentPolicy.archivesOnly': text('só arquivos compactados', 'archives only', 'solo archivos comprimidos'),
  'attachmentPolicy.maxFiles': text('máximo de arquivos', 'most files', 'máximo de archivos'),
  'attachmentPolicy.maxBytes': text('máximo de bytes por arquivo', 'most bytes of a file', 'máximo de bytes por archivo'),
};

const sentences: Record<FormChange['kind'], Localized> = {
  ADDED: text('“{label}” foi incluído: {place}.', '“{label}” was added: {place}.', '“{label}” fue agregado: {place}.'),
  REMOVED: text('“{label}” foi retirado: {place}.', '“{label}” was removed: {place}.', '“{label}” fue retirado: {place}.'),
  MOVED: text(
    '“{label}” mudou de lugar: de {before} para {after}.',
    '“{label}” was moved: from {before} to {after}.',
    '“{label}” cambió de lugar: de {before} a {after}.',
  ),
  CHANGED: text(
    '“{label}”, {property}: de {before} para {after}.',
    '“{label}”, {property}: from {before} to {after}.',
    '“{label}”, {property}: de {before} a {after}.',
  ),
};
const theForm = text('Formulário', 'Form', 'Formulario');

/** A change as data and in words, in the speaker's language. */
export function drawChange(change: FormChange, speaker: Speaker): FormChangeFace {
  const { kind, part, key, path, property, place } = change;
  const { language } = speaker;
  const [before, after] = sidesOf(change, speaker);
  const label = key === null ? theForm[language] : part === 'STEP' ? (speaker.names.step(key)?.[language] ?? key) : fieldName(key, speaker);
  const said = {
    ...{ label, before: before ?? '', after: after ?? '' },
    property: property === null ? '' : (properties[property]?.[language] ?? property),
    place: place ? placeWords(place, part, speaker) : '',
  };
  return {
    ...{ kind, part, key, label, path, property, before, after },
    beforeData: change.before === null ? null : JSON.stringify(change.before),
    afterData: change.after === null ? null : JSON.stringify(change.after),
    message: sentences[kind][language].replace(/\{(\w+)\}/g, (_, name: keyof typeof said) => said[name]),
  };
}

function sidesOf({ kind, part, property, before, after }: FormChange, speaker: Speaker): [string | null, string | null] {
  if (kind === 'CHANGED') return changedWords(property ?? '', before, after, speaker);
  const place = (side: unknown) => placeWords(side as FormPlace, part, speaker);
  if (kind === 'MOVED') return [place(before), place(after)];
  return [before === null ? null : everything(before, speaker), after === null ? null : everything(after, speaker)];
}

const order = Object.keys(properties);
const isNameOrDefault = (name: string, value: unknown): boolean =>
  ['key', 'label', 'title'].includes(name) || value === (name === 'visible') || (Array.isArray(value) && value.length === 0);

/** All that a step or field says beside its name. */
const everything = (data: unknown, speaker: Speaker): string =>
  Object.entries(asRecord(data))
    .filter(([name, value]) => !isNameOrDefault(name, value))
    .flatMap(([name, value]) =>
      name === 'options'
        ? Object.entries(asRecord(value)).map(([inner, one]) => [`options.${inner}`, one] as const)
        : [[name, value] as const],
    )
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, value]) => `${properties[name]?.[speaker.language] ?? name}: ${valueWords(name, value, speaker)}`)
    .join('; ');
