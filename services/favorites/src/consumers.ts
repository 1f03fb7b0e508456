import { FormPublished, OptionRetired, OptionsOffered } from '@atende/events';
import { type Consumer, on } from '@atende/service';
import { keepOffered, keepRetired } from './field-option.ts';
import { keepForm } from './form-fields.ts';

export const consumers: Consumer[] = [
  on(OptionsOffered, (event, { em }) => keepOffered(em, event)),
  on(OptionRetired, (event, { em }) => keepRetired(em, event)),
  on(FormPublished, (event, { em }) => keepForm(em, event)),
];
