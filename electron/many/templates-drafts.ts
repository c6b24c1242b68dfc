import { z } from 'zod';
import { catalogOf } from '../../shared/catalog';
import type { Connection } from '../../shared/model/connection';
import type { Database } from '../storage/database';
import { all, one } from '../storage/rows';
import type { Sealer } from '../storage/sealing';
import type { OpenFieldRule } from './templates';
import { openRule } from './templates-rules';

/** The rules typed so far of a connection's bulk edit, open, in catalog order; null where there is no bulk edit. */
export function draftRules(
  database: Database,
  sealer: Sealer,
  connection: Connection,
): OpenFieldRule[] | null {
  const draft = 'SELECT 1 AS there FROM bulk_drafts WHERE connection_id = ?';
  if (!one(database, z.object({ there: z.number() }), draft, connection.id)) return null;
  const ruleRow = z.object({ field: z.string(), rule: z.string() });
  const sql = 'SELECT field, rule FROM bulk_rules WHERE connection_id = ?';
  const stored = new Map(all(database, ruleRow, sql, connection.id).map((row) => [row.field, row.rule]));
  return catalogOf(connection.kind).fields.flatMap((spec) => {
    const text = stored.get(spec.name);
    const rule = text === undefined ? null : openRule(sealer, spec, text);
    return rule ? [{ field: spec.name, rule }] : [];
  });
}
