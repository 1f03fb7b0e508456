import { decodePageCursor, encodePageCursor, Guard, messages as house, pageSize, toUserErrors, UserErrorFace } from '@atende/service';
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { messages } from '../messages.ts';
import { bySupervisor } from '../ticket/ticket.policy.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { exportCatalogue } from './catalogue-export.ts';
import { importCatalogue } from './catalogue-import.deeds.ts';
import {
  CatalogueExportFace,
  CatalogueFormatEnum,
  CatalogueImportFace,
  CatalogueImportLineArgs,
  CatalogueImportLineConnection,
  CatalogueImportLineFace,
  ImportCatalogueInput,
  ImportCataloguePayload,
  StageCatalogueFileInput,
  StageCatalogueFilePayload,
} from './catalogue-import.graphql.ts';
import type { CatalogueFormat, CatalogueReport, ImportedLine } from './catalogue-import.ts';
import { keepPart } from './catalogue-part.ts';

const spoken = { ...house, ...messages };

@Resolver(() => CatalogueImportLineFace)
export class CatalogueImportLineResolver {
  @FieldResolver(() => [UserErrorFace], { description: 'Why the line is refused; the field is a column, or a part of the entry.' })
  errors(@Root() { faults }: ImportedLine, @Ctx() { language }: TicketsContext): UserErrorFace[] {
    return toUserErrors(faults, language, spoken);
  }
}

@Resolver(() => CatalogueImportFace)
export class CatalogueFileResolver {
  @Mutation(() => StageCatalogueFilePayload, { description: 'Sends a part of a long file ahead of `importCatalogue`; kept for a day.' })
  @Guard(bySupervisor)
  async stageCatalogueFile(
    @Arg('input', () => StageCatalogueFileInput, { description: 'The part.' }) input: StageCatalogueFileInput,
    @Ctx() context: TicketsContext,
  ): Promise<StageCatalogueFilePayload> {
    return { parts: await keepPart(context, input), errors: [] };
  }

  @Mutation(() => ImportCataloguePayload, {
    description:
      'Makes, changes and retires entries of the catalogue by a file: all of it, or nothing. The same file again changes nothing.',
  })
  @Guard(bySupervisor)
  async importCatalogue(
    @Arg('input', () => ImportCatalogueInput, { description: 'The file.' }) input: ImportCatalogueInput,
    @Ctx() context: TicketsContext,
  ): Promise<ImportCataloguePayload> {
    return { report: await importCatalogue(context, input), errors: [] };
  }

  @Query(() => CatalogueExportFace, { description: 'The whole catalogue as a file, piece by piece; to import it again changes nothing.' })
  @Guard(bySupervisor)
  async catalogueExport(
    @Arg('format', () => CatalogueFormatEnum, { description: 'How it is written.' }) format: CatalogueFormat,
    @Arg('after', () => String, { nullable: true, description: 'The `next` of the piece before.' }) after: string | null,
    @Ctx() { deps }: TicketsContext,
  ): Promise<CatalogueExportFace> {
    return exportCatalogue(await deps.library.catalogue(), format, after);
  }

  @FieldResolver(() => Int, { description: 'Entries that are new.' })
  created(@Root() { counts }: CatalogueReport): number {
    return counts.CREATED;
  }

  @FieldResolver(() => Int, { description: 'Entries that are changed.' })
  changed(@Root() { counts }: CatalogueReport): number {
    return counts.CHANGED;
  }

  @FieldResolver(() => Int, { description: 'Entries that are taken out of use.' })
  retired(@Root() { counts }: CatalogueReport): number {
    return counts.RETIRED;
  }

  @FieldResolver(() => Int, { description: 'Entries that are as the file says already.' })
  unchanged(@Root() { counts }: CatalogueReport): number {
    return counts.UNCHANGED;
  }

  @FieldResolver(() => Int, { description: 'Lines that are refused; one is enough and nothing is done.' })
  refused(@Root() { counts }: CatalogueReport): number {
    return counts.REFUSED;
  }

  @FieldResolver(() => CatalogueImportLineConnection, { description: 'The lines, in the order of the file.' })
  lines(
    @Root() { lines }: CatalogueReport,
    @Args(() => CatalogueImportLineArgs) { outcome, first, after }: CatalogueImportLineArgs,
  ): CatalogueImportLineConnection {
    const { size } = pageSize({ first });
    const last = after ? Number(decodePageCursor(after, 1)[0]) : 0;
    const left = lines.filter((one) => one.line > last && (outcome?.includes(one.outcome) ?? true));
    const edges = left.slice(0, size).map((node) => ({ node, cursor: encodePageCursor([node.line]) }));
    const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
    return { edges, pageInfo: { hasNextPage: left.length > size, hasPreviousPage: Boolean(after), startCursor, endCursor } };
  }
}
