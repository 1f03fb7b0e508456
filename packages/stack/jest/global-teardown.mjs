export default async function teardown() {
  await globalThis.atendeEmbedded?.stop();
  globalThis.atendeEmbedded = undefined;
}
