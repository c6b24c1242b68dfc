import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../shared/model/record';
import { Ltr } from '../../ui/Ltr';
import { ShownText } from '../../ui/ShownText';
import { prettyJson } from './controls/ReadOnlyControl';
import css from './editor.module.css';

/** What the server sent and the catalog does not know: shown as it came, never dropped. */
export function UnknownFields({ fields }: { fields: RecordView['unknown'] }) {
  const { t } = useTranslation('editor');
  if (fields.length === 0) return null;
  return (
    <section className={css.unknown} aria-label={t('unknown.title')}>
      <h3 className={css.sectionTitle}>{t('unknown.title')}</h3>
      <Text size="sm" c="dimmed" mb="sm">
        {t('unknown.help')}
      </Text>
      <dl className={css.unknownList}>
        {fields.map((field) => (
          <div key={field.name} className={css.unknownField} data-unknown={field.name}>
            <dt>
              <Ltr>{field.name}</Ltr>
            </dt>
            <dd>
              {typeof field.value === 'string' ? (
                <pre className={css.json} dir={/^[[{]/.test(field.value) ? 'ltr' : 'auto'}>
                  {prettyJson(field.value)}
                </pre>
              ) : (
                <ShownText value={field.value} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
