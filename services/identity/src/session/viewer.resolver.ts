import { Guard, type Viewer, withSession } from '@atende/service';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { PersonFace } from '../account/person.graphql.ts';
import { Person } from '../account/person.ts';
import { ContactFace } from '../contact/contact.graphql.ts';
import { Contact } from '../contact/contact.ts';
import type { IdentityContext } from '../identity-context.ts';
import { Analyst } from '../staff/analyst.ts';
import { AnalystFace } from '../staff/staff.graphql.ts';
import { type Permission, permissionsOf } from './permission.ts';
import { PermissionEnum, ViewerFace } from './viewer.graphql.ts';

@Resolver(() => ViewerFace)
export class ViewerResolver {
  @Query(() => ViewerFace, { nullable: true, description: 'Who asks, and what they may do.' })
  @Guard(withSession)
  viewer(@Ctx() { viewer }: IdentityContext): Viewer {
    return viewer;
  }

  @FieldResolver(() => PersonFace, { nullable: true, description: 'The human being.' })
  person(@Root() viewer: Viewer, @Ctx() { load }: IdentityContext): Promise<Person | null> | null {
    return viewer.personId ? load<Person>('Person', viewer.personId) : null;
  }

  @FieldResolver(() => [ContactFace], { description: 'At which organizations they are a contact.' })
  async contacts(@Root() viewer: Viewer, @Ctx() { load }: IdentityContext): Promise<Contact[]> {
    const contacts = await Promise.all(viewer.contacts.map(({ id }) => load<Contact>('Contact', id)));
    return contacts.filter((contact) => contact !== null);
  }

  @FieldResolver(() => AnalystFace, { nullable: true, description: 'As vendor staff, if they are.' })
  analyst(@Root() viewer: Viewer, @Ctx() { load }: IdentityContext): Promise<Analyst | null> | null {
    return viewer.analystId ? load<Analyst>('Analyst', viewer.analystId) : null;
  }

  @FieldResolver(() => [PermissionEnum], { description: 'What a front end may offer them.' })
  permissions(@Root() viewer: Viewer): Permission[] {
    return permissionsOf(viewer);
  }
}
