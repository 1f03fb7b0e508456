import type { Condition, Rule } from '../form/form-condition.ts';
import { isRule } from '../form/form-rules.ts';
import { fillText, type Language, type Localized, languages, localizedSchema, text } from '../form/form-text.ts';
import { asList, asRecord } from '../form/form-written.ts';
import type { FormChange, FormPlace } from './form-diff.ts';
import type { FormNames } from './form-diff-names.ts';

/** Says definitions in words, in one language. */
export interface Speaker {
  language: Language;
  names: FormNames;
}

const words = {
  always: text('sempre', 'always', 'siempre'),
  never: text('nunca', 'never', 'nunca'),
  nothing: text('nada', 'nothing', 'nada'),
  yes: text('sim', 'yes', 'sí'),
  no: text('não', 'no', 'no'),
  when: text('quando {it}', 'when {it}', 'cuando {it}'),
  and: text(' e ', ' and ', ' y '),
  or: text(' ou ', ' or ', ' o '),
  not: text('não ({it})', 'not ({it})', 'no ({it})'),
  channel: text('o canal é {it}', 'the channel is {it}', 'el canal es {it}'),
  plan: text('o plano é {it}', 'the plan is {it}', 'el plan es {it}'),
  country: text('o país da organização é {it}', 'the organization’s country is {it}', 'el país de la organización es {it}'),
  bso: text('o cliente é BSO', 'the client is a BSO client', 'el cliente es BSO'),
  staff: text('quem abre é do suporte', 'support staff opens', 'quien abre es del soporte'),
  entitled: text('o contrato inclui {it}', 'the contract includes {it}', 'el contrato incluye {it}'),
  is: text('“{field}” é {it}', '“{field}” is {it}', '“{field}” es {it}'),
  under: text('“{field}” está em {it}', '“{field}” is within {it}', '“{field}” está en {it}'),
  answered: text('“{field}” foi respondido', '“{field}” is answered', '“{field}” fue respondido'),
  hasOptions: text('“{field}” tem opções', '“{field}” has options', '“{field}” tiene opciones'),
  checklist: text('lista de verificação', 'checklist', 'lista de verificación'),
  first: text('no início', 'first', 'al principio'),
  after: text('depois de {it}', 'after {it}', 'después de {it}'),
} satisfies Record<string, Localized>;

const say = (name: keyof typeof words, language: Language, parts: Record<string, string> = {}): string =>
  words[name][language].replace(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '');

/** What a field is called; an answer inside its label is an ellipsis. */
export const fieldName = (key: string, { language, names }: Speaker): string => {
  const label = names.field(key);
  return label ? fillText(label, () => undefined)[language] : key;
};

/** The value of a property as people read it. */
export function valueWords(property: string, value: unknown, speaker: Speaker): string {
  const { language, names } = speaker;
  if (property === 'visible' || property === 'required') return ruleWords(value ?? property === 'visible', speaker);
  if (property === 'fixed' || property === 'default') return choicesWords(asList(value), speaker);
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return say('nothing', language);
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no', language);
  if (Array.isArray(value)) return value.map((one) => valueWords('', one, speaker)).join(', ');
  if (typeof value === 'string') return property.endsWith('parent') ? fieldName(value, speaker) : (names.path(value)?.[language] ?? value);
  const localized = localizedSchema.safeParse(value).data;
  return localized ? localized[language] : JSON.stringify(value);
}

/** Two texts that differ: in the reader's language, else in the first in which they do. */
export function changedWords(property: string, before: unknown, after: unknown, speaker: Speaker): [before: string, after: string] {
  const [was, is] = [asRecord(before), asRecord(after)];
  const differs = (language: Language): boolean => was[language] !== is[language];
  const isText = localizedSchema.safeParse(before).success && localizedSchema.safeParse(after).success;
  const language = isText ? ([speaker.language, ...languages].find(differs) ?? speaker.language) : speaker.language;
  if (language === speaker.language) return [valueWords(property, before, speaker), valueWords(property, after, speaker)];
  return [`${was[language]} (${language})`, `${is[language]} (${language})`];
}

/** Where something stands: on a step or the checklist, after what; a step itself only after what. */
export function placeWords({ step, after }: FormPlace, part: FormChange['part'], speaker: Speaker): string {
  const { language, names } = speaker;
  const title = (key: string): string => `“${names.step(key)?.[language] ?? key}”`;
  const neighbour = after === null ? null : part === 'STEP' ? title(after) : `“${fieldName(after, speaker)}”`;
  const place = neighbour === null ? say('first', language) : say('after', language, { it: neighbour });
  if (part === 'STEP') return place;
  return `${step === null ? say('checklist', language) : title(step)}, ${place}`;
}

function ruleWords(value: unknown, speaker: Speaker): string {
  if (!isRule(value)) return JSON.stringify(value);
  const rule = value as Rule;
  if (typeof rule === 'boolean') return say(rule ? 'always' : 'never', speaker.language);
  return say('when', speaker.language, { it: conditionWords(rule, speaker) });
}

function choicesWords(choices: readonly unknown[], speaker: Speaker): string {
  if (choices.length === 0) return say('nothing', speaker.language);
  return choices
    .map(asRecord)
    .map(({ when = true, value }) => `${valueWords('', value, speaker)}${when === true ? '' : ` (${ruleWords(when, speaker)})`}`)
    .join('; ');
}

function conditionWords(rule: Exclude<Rule, boolean>, speaker: Speaker): string {
  const { language, names } = speaker;
  const join = (parts: readonly string[], by: 'and' | 'or'): string => parts.join(say(by, language));
  const inner = (part: Condition): string =>
    'all' in part || 'any' in part ? `(${conditionWords(part, speaker)})` : conditionWords(part, speaker);
  if ('all' in rule) return join(rule.all.map(inner), 'and');
  if ('any' in rule) return join(rule.any.map(inner), 'or');
  if ('not' in rule) return say('not', language, { it: conditionWords(rule.not, speaker) });
  if ('bso' in rule) return rule.bso ? say('bso', language) : say('not', language, { it: say('bso', language) });
  if ('staff' in rule) return rule.staff ? say('staff', language) : say('not', language, { it: say('staff', language) });
  if ('answered' in rule) return say('answered', language, { field: fieldName(rule.answered, speaker) });
  if ('hasOptions' in rule) return say('hasOptions', language, { field: fieldName(rule.hasOptions, speaker) });
  if ('under' in rule)
    return say('under', language, {
      field: fieldName(rule.field, speaker),
      it: join(
        rule.under.map((path) => names.path(path)?.[language] ?? path),
        'or',
      ),
    });
  if ('is' in rule) {
    const it = rule.is.map((word) =>
      typeof word === 'boolean' ? say(word ? 'yes' : 'no', language) : (names.code(rule.field, word)?.[language] ?? `“${word}”`),
    );
    return say('is', language, { field: fieldName(rule.field, speaker), it: join(it, 'or') });
  }
  const [[name, values]] = Object.entries(rule) as [['channel' | 'plan' | 'country' | 'entitled', string[]]];
  return say(name, language, { it: join(values, 'or') });
}
