import { readFile } from 'node:fs/promises';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

// The peer: a stock @apollo/gateway behind a stock @apollo/server, over the same services. Its own process, so that its CPU can be read.
const [supergraphFile = '', tokensJson = '{}', urlsJson = '{}'] = process.argv.slice(2);
const tokens: Record<string, string> = JSON.parse(tokensJson);
const urls: Record<string, string> = JSON.parse(urlsJson);

class ServiceSource extends RemoteGraphQLDataSource {
  readonly service: string;

  constructor(service: string, url: string) {
    super({ url });
    this.service = service;
  }

  override willSendRequest({ request }: { request: { http?: { headers: { set(name: string, value: string): void } } } }): void {
    request.http?.headers.set('authorization', `Bearer ${tokens[this.service]}`);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: await readFile(supergraphFile, 'utf8'),
  buildService: ({ name, url }) => new ServiceSource(name, urls[name] ?? url ?? ''),
});
const server = new ApolloServer({ gateway, introspection: false });
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
process.send?.(url);
process.on('disconnect', () => process.exit(0));
