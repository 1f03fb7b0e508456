import { expect, it } from '@jest/globals';
import { may, people, type Who } from './access.ts';
import { changesBetween, everyRow } from './digest.ts';
import { swapEverywhere } from './foreign-ids.ts';
import type { Matrix } from './matrix.ts';
import type { Operation } from './operations.ts';

/** What acts on the asker's own session, or is slow on purpose: their journeys hold them. */
const OF_THE_SESSION = /^(sign|refresh|changePassword|requestPassword|resetPassword|activateAccount)/;

/** An upload may name any draft, since only its form is known to attachments: it is the asker's own all the same. */
const OWN_UPLOADS = /^attachments\.(attachment|idempotency): \d+ came, 0 went$/;

const mutations = ({ operations }: Matrix): Operation[] =>
  operations.filter(({ kind, field }) => kind === 'mutation' && !OF_THE_SESSION.test(field));

/** Nobody changes what is not theirs. */
export function changing(the: () => Matrix): void {
  it('lets only those change things who may', async () => {
    const { asker, counts } = the();
    const faults: string[] = [];
    const askAs = async (operation: Operation, who: Who): Promise<void> => {
      const { text, codes } = await asker.ask(who, operation);
      const refused = codes.includes('UNAUTHENTICATED') || codes.includes('FORBIDDEN');
      counts.cases += 1;
      counts[refused ? 'denied' : 'shown'] += 1;
      if (refused !== !may(who, operation)) faults.push(`${operation.field} as ${who}: ${text.slice(0, 200)}`);
    };
    for (const operation of mutations(the())) await Promise.all(people.map((who) => askAs(operation, who)));
    expect(faults).toEqual([]);
  }, 240_000);

  it('refuses a foreign id in any place of a mutation like one that never was, and changes nothing anywhere', async () => {
    const before = await everyRow(the().place);
    expect(await swapEverywhere(the(), mutations(the()))).toEqual([]);
    const changes = changesBetween(before, await everyRow(the().place));
    expect(changes.filter((change) => !OWN_UPLOADS.test(change))).toEqual([]);
  }, 240_000);
}
