import type { Language, Texts } from '@atende/service';

const nobody: Texts = { 'pt-BR': 'Pessoa anonimizada', en: 'Anonymised person', es: 'Persona anonimizada' };

/** What somebody is called: nobody has an empty name but who was anonymised. */
export const nameOf = ({ name }: { name: string }, language: Language): string => (name === '' ? nobody[language] : name);
