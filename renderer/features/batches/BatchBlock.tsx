import { memo } from 'react';
import type { OfCollection } from '../../../shared/catalog';
import type { BatchRow } from '../../../shared/model/batch';
import type { ConnectionId } from '../../../shared/model/connection';
import { BatchRowView } from './BatchRowView';
import css from './batches.module.css';

/**
 * How many rows are drawn and measured together. Rows are of different heights, and each height that is found moves all
 * that stand below: with 50,000 rows that is too much to be done for every single one.
 */
export const blockSize = 10;

interface BlockProps {
  readonly of: OfCollection;
  readonly connectionId: ConnectionId;
  /** Undefined while a row is being loaded. */
  readonly rows: readonly (BatchRow | undefined)[];
}

/** A few consecutive rows. Rendered again only when one of them changes. */
export const BatchBlock = memo(
  ({ of, connectionId, rows }: BlockProps) =>
    rows.map((row, at) =>
      row ? (
        <BatchRowView key={row.index} row={row} of={of} connectionId={connectionId} />
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is not there yet has nothing but its place
        <div key={`waiting ${at}`} className={css.waiting} aria-hidden />
      ),
    ),
  (one, other) =>
    one.of === other.of &&
    one.connectionId === other.connectionId &&
    one.rows.length === other.rows.length &&
    one.rows.every((row, at) => row === other.rows[at]),
);
