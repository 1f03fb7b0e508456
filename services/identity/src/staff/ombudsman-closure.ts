/**
 * The second wall of the ombudsman's closure: whatever a request gets past the service, it takes nobody into an ombudsman
 * group and out of none that its viewer is not in. A policy cannot say that: it sees no row as it was. The worker's
 * commands may, since a first member has to come from somewhere.
 */
export const ombudsmanClosure = [
  `create or replace function keep_ombudsman_closed() returns trigger language plpgsql as $$
   declare
     before text[] := case when tg_op = 'UPDATE' then old.group_ids else '{}' end;
     own text[] := coalesce(string_to_array(nullif(current_setting('app.groups', true), ''), ','), '{}');
   begin
     if current_user like '%\\_app' and exists (
       select from support_group
       where kind = 'OMBUDSMAN' and id <> all(own) and (id = any(before)) <> (id = any(new.group_ids))
     ) then
       raise insufficient_privilege using message = 'only its members change the ombudsman group';
     end if;
     return new;
   end $$`,
  'create or replace trigger ombudsman_closed before insert or update of group_ids on analyst for each row execute function keep_ombudsman_closed()',
];
