import { headingKey } from './heading-key';

/*
 * What a row wants done with its record, as other programs say it in a column of its own: FreePBX, VoipNow and others.
 * A row that says nothing is an edit.
 */

/** `unknown`: a word that is not recognised. Then nothing is done. */
export type RowAction = 'edit' | 'add' | 'remove' | 'unknown';

const titles = ['action', 'row action', 'operation', 'op', 'عملیات', 'اقدام', 'کار'];

const words: Readonly<Record<Exclude<RowAction, 'unknown'>, readonly string[]>> = {
  edit: [
    'edit',
    'edited',
    'update',
    'upd',
    'updated',
    'modify',
    'modified',
    'mod',
    'change',
    'changed',
    'set',
    'replace',
    'ویرایش',
    'اصلاح',
    'تغییر',
    'به روزرسانی',
    'بروزرسانی',
    'به روز رسانی',
  ],
  add: [
    'add',
    'added',
    'create',
    'created',
    'new',
    'insert',
    'افزودن',
    'اضافه',
    'ایجاد',
    'جدید',
    'تازه',
    'درج',
  ],
  remove: [
    'del',
    'delete',
    'deleted',
    'remove',
    'removed',
    'rem',
    'rm',
    'drop',
    'destroy',
    'erase',
    'purge',
    'حذف',
    'پاک',
    'پاک کردن',
    'حذف شود',
  ],
};

const titleKeys = new Set(titles.map(headingKey));
const meanings = new Map(
  (['edit', 'add', 'remove'] as const).flatMap((action) =>
    words[action].map((word): [string, RowAction] => [plain(word), action]),
  ),
);

// Ambiguous headings: the cells below decide.
const doubtful = new Set(
  [
    'command',
    'change',
    'change type',
    'action type',
    'mode',
    'method',
    'task',
    'to do',
    'todo',
    'request',
    'status',
    'state',
    'نوع عملیات',
    'نوع تغییر',
    'دستور',
    'درخواست',
    'وضعیت',
  ].map(headingKey),
);

/** Whether a heading may be a column of actions, provided its cells are actions. */
export function mayBeActionTitle(key: string): boolean {
  return key === '' || doubtful.has(key);
}

// Headings that say what is done with the rows that are marked.
const removing = new Set(
  [
    'delete',
    'deleted',
    'to delete',
    'to be deleted',
    'is deleted',
    'delete flag',
    'remove',
    'removed',
    'to be removed',
    'حذف',
    'حذف شده',
    'حذف شود',
    'حذف کن',
    'پاک شود',
  ].map(headingKey),
);
const unmarked = new Set(['no', 'n', 'false', 'f', '0', 'off', 'خیر', 'نه', 'ندارد'].map(plain));

/** Whether a heading says that the rows marked in its column are removed. */
export function isRemovalTitle(key: string): boolean {
  return removing.has(key.replace(/\?/g, '').trim());
}

/** Whether a heading is that of a column of actions. */
export function isActionTitle(key: string): boolean {
  return titleKeys.has(key) || isRemovalTitle(key);
}

/**
 * What a cell of a column of actions means.
 * @param title the column's heading: a column of removals marks rows with any word
 */
export function actionOf(cell: string, title = ''): RowAction {
  const word = plain(cell);
  if (isRemovalTitle(headingKey(title))) {
    if (word === '' || unmarked.has(word) || meanings.get(word) === 'edit') return 'edit';
    return 'remove';
  }
  return word === '' ? 'edit' : (meanings.get(word) ?? 'unknown');
}

/**
 * Whether a column has actions and nothing else in it; below a heading that may mean something else, one of them a removal.
 */
export function hasActionsOnly(cells: readonly string[], key = ''): boolean {
  if (key !== '' && !cells.some((cell) => actionOf(cell) === 'remove')) return false;
  const said = cells.filter((cell) => cell.trim() !== '');
  return said.length > 0 && said.every((cell) => actionOf(cell) !== 'unknown');
}

function plain(text: string): string {
  return headingKey(text).replace(/\s/g, '');
}
