import type { Answer } from '@atende/service/testing';
import type { TestIdentity } from './identity.ts';

const ANALYST = 'analyst { id version name level supervisor available active moduleIds groups { code } } errors { code field message }';
const GROUP = 'group { id version code name names { ptBR en es } kind active members { name } } errors { code field message }';
export const SAVE_GROUP = `mutation ($input: SaveGroupInput!) { saveGroup(input: $input) { ${GROUP} } }`;
export const SAVE_ANALYST = `mutation ($input: SaveAnalystInput!) { saveAnalyst(input: $input) { ${ANALYST} } }`;
export const SET_AVAILABILITY = `mutation ($input: SetAvailabilityInput!) { setAvailability(input: $input) { ${ANALYST} } }`;

let keys = 0;
/** What supervisors and analysts do, by the demo's people. */
export const staffOf = (identity: () => TestIdentity) => ({
  saveGroup: (as: string, input: Record<string, unknown>): Promise<Answer> =>
    identity().as(as, SAVE_GROUP, { input: input.groupId ? input : { clientKey: `group-${++keys}`, ...input } }),
  saveAnalyst: (as: string, input: Record<string, unknown>): Promise<Answer> =>
    identity().as(as, SAVE_ANALYST, { input: input.analystId ? input : { clientKey: `analyst-${++keys}`, ...input } }),
  setAvailability: (as: string, input: Record<string, unknown>): Promise<Answer> => identity().as(as, SET_AVAILABILITY, { input }),
});

/** What an answer was refused with: the code of its error, or those of its payload. */
export const refusalOf = ({ data, errors }: Answer): string => {
  const payload: { errors: { code: string; field: string[] }[] } | undefined = data && Object.values<never>(data)[0];
  return errors?.[0]?.extensions.code ?? payload?.errors.map(({ code, field }) => `${field.join('.')} ${code}`).join(', ') ?? '';
};
