import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogOf } from '../../../shared/catalog';
import { type Connection, recordsOf } from '../../../shared/model/connection';
import type { SheetSettings, SheetView } from '../../../shared/model/sheet';
import { formatCount } from '../../i18n';
import { textDirection } from '../../ui/isolate';
import { SeenText } from '../../ui/SeenText';
import { FieldChoice } from './FieldChoice';
import { matchedCount } from './settings';
import css from './sheets.module.css';
import type { SheetHand } from './useSheet';

/** The file's columns: what they are called and hold, which field each is, and how that was found. */
export function ColumnsTable({
  connection,
  sheet,
  settings,
  hand,
}: {
  connection: Connection;
  sheet: SheetView;
  settings: SheetSettings;
  hand: SheetHand;
}) {
  const { t } = useTranslation('sheets');
  const catalog = catalogOf(recordsOf(connection));
  // While the file is cut otherwise its columns are about to be others.
  const cut = (['encoding', 'delimiter', 'header', 'firstLine'] as const).some(
    (name) => settings[name] !== sheet.settings[name],
  );
  const choose = (index: number, field: string | null) => {
    // A field assigned to a column is taken from the column that had it.
    const columns = settings.columns.map((other, at) =>
      at === index ? field : field !== null && other === field ? null : other,
    );
    hand.configure({ columns });
  };
  return (
    <section className={css.part}>
      <h3 className={css.partTitle}>
        {t('columns.title')}
        <span className={css.quiet}>
          {t('line.columns', {
            matched: formatCount(matchedCount(settings)),
            total: formatCount(sheet.columns.length),
          })}
        </span>
      </h3>
      <ul className={css.columns} aria-label={t('columns.title')}>
        {sheet.columns.map((column) => {
          const field = settings.columns[column.index] ?? null;
          return (
            <li key={column.index} className={css.column} data-column={column.title}>
              <span className={css.about}>
                <b className={css.columnTitle} dir={textDirection(column.title)} title={column.title}>
                  {column.title === '' ? (
                    t('columns.untitled', { place: formatCount(column.index + 1) })
                  ) : (
                    <bdi>
                      <SeenText>{column.title}</SeenText>
                    </bdi>
                  )}
                </b>
                <Samples samples={column.samples} />
              </span>
              <span className={css.choice}>
                <FieldChoice
                  catalog={catalog}
                  column={column.title || t('columns.untitled', { place: formatCount(column.index + 1) })}
                  field={field}
                  keyField={settings.key}
                  how={column.by}
                  settled={field === sheet.settings.columns[column.index]}
                  disabled={cut}
                  onChoose={(next) => choose(column.index, next)}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Samples({ samples }: { samples: SheetView['columns'][number]['samples'] }) {
  const { t } = useTranslation('sheets');
  if (samples.length === 0) return <span className={css.samples}>{t('columns.empty')}</span>;
  if (samples.some((cell) => cell !== null && typeof cell === 'object'))
    return <span className={css.samples}>{t('columns.secret')}</span>;
  return (
    <span className={css.samples}>
      {samples.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same cell can stand there twice
        <Fragment key={at}>
          {at > 0 ? ' · ' : null}
          <bdi>
            <SeenText>{String(cell)}</SeenText>
          </bdi>
        </Fragment>
      ))}
    </span>
  );
}
