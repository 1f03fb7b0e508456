import type { Caller } from './caller.ts';
import type { ServiceAnswer } from './run-program.ts';
import type { Services } from './services.ts';
import type { SupergraphFacts } from './supergraph-facts.ts';

const EXISTS = 'query($representations:[_Any!]!){_entities(representations:$representations){__typename}}';

/**
 * The type of the object with a global id, where the caller may see it. The prefix names the owner, and the owner is asked: were the
 * id alone enough, `node(id) { id }` would answer for every id that somebody makes up.
 */
export async function locateNode(
  id: string,
  { nodes }: Pick<SupergraphFacts, 'nodes'>,
  services: Services,
  caller: Caller,
): Promise<{ type: string | null } | ServiceAnswer> {
  const prefix = id.split('_', 1)[0] ?? '';
  const node = Object.hasOwn(nodes, prefix) ? nodes[prefix] : undefined;
  if (!node) return { type: null };
  const body = JSON.stringify({ query: EXISTS, variables: { representations: [{ __typename: node.type, id }] } });
  const answer = await services.send(node.service, body, caller, false);
  if (answer.failed) return answer;
  const [found] = Array.isArray(answer.data?._entities) ? answer.data._entities : [];
  return { type: found ? node.type : null };
}
