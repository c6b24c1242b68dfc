import { type ColumnDef, getCoreRowModel, type Header, useReactTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { RecordRow } from '../../../shared/model/record';
import type { GridColumn } from './columns';
import { changeView, useDirectoryView } from './view';

/** Widths of the column that selects, and of the one with the mark of prepared changes. */
const selectWidth = 34;
const markWidth = 36;

export interface GridHeaderModel {
  readonly column: GridColumn;
  readonly header: Header<RecordRow, unknown>;
}

const noRows: RecordRow[] = [];

/** The column model: order, widths and dragging of widths. The rows themselves come in windows, not through here. */
export function useGridTable(connectionId: string, columns: readonly GridColumn[], dir: 'ltr' | 'rtl') {
  const { widths } = useDirectoryView(connectionId);
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<RecordRow> => ({
          id: column.name,
          accessorFn: (row) => row.fields[column.name],
          size: column.width,
          minSize: 48,
          maxSize: 800,
        }),
      ),
    [columns],
  );
  const table = useReactTable({
    data: noRows,
    columns: definitions,
    getCoreRowModel: getCoreRowModel(),
    columnResizeMode: 'onChange',
    columnResizeDirection: dir,
    state: { columnSizing: widths },
    onColumnSizingChange: (change) =>
      changeView(connectionId, { widths: typeof change === 'function' ? change(widths) : change }),
  });
  const dragging = table.getState().columnSizingInfo.isResizingColumn;
  // Rebuilt only when a column changes: the grid renders at every step of a scroll.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is one object whose answers follow these
  return useMemo(() => {
    const flat = table.getHeaderGroups()[0]?.headers ?? [];
    const headers = columns.flatMap((column): GridHeaderModel[] => {
      const header = flat.find((one) => one.column.id === column.name);
      return header ? [{ column, header }] : [];
    });
    const sizes = headers.map(({ header }) => header.getSize());
    // The last column takes what is left, so that rows reach the edge of the window.
    const template = [
      `${selectWidth}px`,
      `${markWidth}px`,
      ...sizes.map((size, i) => (i === sizes.length - 1 ? `minmax(${size}px, 1fr)` : `${size}px`)),
    ].join(' ');
    return { headers, template };
  }, [table, columns, widths, dragging, dir]);
}
