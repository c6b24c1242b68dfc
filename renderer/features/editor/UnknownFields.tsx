import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../shared/model/record';
import { prettyJson } from '../../fields/controls/ReadOnlyControl';
import { SecretButton } from '../../fields/controls/SecretButton';
import controls from '../../fields/fields.module.css';
import { revealForSeconds, useReveal } from '../../fields/useReveal';
import { formatCount } from '../../i18n';
import { Ltr } from '../../ui/Ltr';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ShownText } from '../../ui/ShownText';
import css from './editor.module.css';

/** What the server sent and the catalog does not know: never dropped, hidden, and shown field by field on request. */
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
          <UnknownField key={field.name} field={field} />
        ))}
      </dl>
    </section>
  );
}

function UnknownField({ field: { name, value } }: { field: RecordView['unknown'][number] }) {
  const { t } = useTranslation('editor');
  const reveal = useReveal(name, 'record');
  const hidden = value !== null && typeof value === 'object' && value.secret === 'set';
  return (
    <div className={css.unknownField} data-unknown={name}>
      <dt>
        <Ltr>{name}</Ltr>
      </dt>
      <dd>
        {reveal.text !== null ? (
          <pre className={controls.json} dir={/^[[{]/.test(reveal.text) ? 'ltr' : 'auto'}>
            {prettyJson(reveal.text)}
          </pre>
        ) : hidden ? (
          <Text span c="dimmed" inherit>
            {t('unknown.hidden')}
          </Text>
        ) : (
          <ShownText value={value} />
        )}
        {hidden ? (
          <SecretButton
            word={t(reveal.text === null ? 'secret.reveal' : 'secret.hide')}
            name={reveal.text === null ? t('secret.revealOf', { field: name }) : t('secret.hide')}
            busy={reveal.busy}
            onClick={() => (reveal.text === null ? void reveal.show() : reveal.hide())}
          />
        ) : null}
        {reveal.text !== null ? (
          <Text size="xs" c="dimmed">
            {t('secret.revealed', { seconds: formatCount(revealForSeconds) })}
          </Text>
        ) : null}
        {reveal.problem ? <ProblemAlert problem={reveal.problem} onClose={reveal.hide} /> : null}
      </dd>
    </div>
  );
}
