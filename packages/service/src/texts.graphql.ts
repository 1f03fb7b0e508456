import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { ErrorCode, type Fault } from './errors.ts';
import type { Texts } from './language.ts';
import { isLine } from './line.ts';
import { Guard, withItsParent } from './policy.ts';

@ObjectType('Texts', { description: 'One text in every language.' })
@Directive('@shareable')
@Guard(withItsParent)
export class TextsFace implements Pick<Texts, 'en' | 'es'> {
  @Field(() => String, { description: 'In English.' })
  en: string;
  @Field(() => String, { description: 'In Spanish.' })
  es: string;
}

@InputType('TextsInput', { description: 'One text in every language; the Portuguese one where another is absent.' })
export class TextsInput {
  @Field(() => String, { description: 'In Portuguese.' })
  ptBR: string;
  @Field(() => String, { nullable: true, description: 'In English.' })
  en?: string | null;
  @Field(() => String, { nullable: true, description: 'In Spanish.' })
  es?: string | null;
}

const MAX_TEXT = 200;

export const textsFrom = ({ ptBR, en, es }: TextsInput): Texts => ({
  'pt-BR': ptBR.trim(),
  en: (en ?? ptBR).trim(),
  es: (es ?? ptBR).trim(),
});

/** Each must be one line of text. */
export const textsFaults = (typed: TextsInput, field: string[]): Fault[] =>
  (['ptBR', 'en', 'es'] as const).flatMap((language): Fault[] => {
    const text = typed[language];
    if (text === undefined || text === null || isLine(text, MAX_TEXT)) return [];
    return [{ code: text.trim() === '' ? ErrorCode.REQUIRED : ErrorCode.BAD_USER_INPUT, field: [...field, language] }];
  });
