import { CloseButton, Tabs } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkRule, TypedRule } from '../../../shared/bulk/rule';
import { type Catalog, catalogOf, editableFields, type FieldSpec } from '../../../shared/catalog';
import { searchFold } from '../../../shared/lib/text';
import { type Connection, type ConnectionId, recordsOf } from '../../../shared/model/connection';
import type { BulkDraft, BulkField } from '../../../shared/model/many';
import { problemOf } from '../../../shared/model/problem';

import { formatCount, localised } from '../../i18n';
import { bulkSession, setOffered, setUnsaved, useBulkSession } from '../../program/bulk-session';
import { CountBadge } from '../../ui/CountBadge';
import { TextInput } from '../../ui/inputs';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import css from './bulk.module.css';
import { RuleField } from './RuleField';
import { useBulkFields, useSetRule } from './useBulk';

/** The fields in the catalog's tabs, each with what it is over all records and what becomes of it. */
export function BulkFields({ connection, draft }: { connection: Connection; draft: BulkDraft }) {
  const { t } = useTranslation('bulk');
  const catalog = catalogOf(recordsOf(connection));
  const { data, error } = useBulkFields(connection.id, draft);
  const present = new Map(data?.map((one) => [one.field, one]));
  const [text, setText] = useState('');
  const fields = editableFields(catalog);
  const pages = catalog.tabs.filter((tab) => fields.some((spec) => spec.tab === tab.id));
  const [page, setPage] = useState(pages[0]?.id ?? '');
  const ruled = new Set(draft.rules.map((one) => one.field));
  const words = searchFold(text).split(/\s+/).filter(Boolean);
  const found = fields.filter((spec) => {
    const folded = searchFold(`${spec.name} ${spec.label.en} ${spec.label.fa}`);
    return words.every((word) => folded.includes(word));
  });
  const list = (specs: readonly FieldSpec[]) => (
    <FieldList catalog={catalog} specs={specs} connectionId={connection.id} draft={draft} present={present} />
  );
  const ruleCount = (count: number) => (
    <CountBadge count={count} words={t('fields.ruled', { count, formatted: formatCount(count) })} />
  );
  return (
    <div className={css.fields}>
      <div className={css.search} data-first data-find>
        <TextInput
          value={text}
          aria-label={t('fields.filter')}
          placeholder={t('fields.filter')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            text === '' ? null : (
              <CloseButton size="sm" aria-label={t('fields.clear')} onClick={() => setText('')} />
            )
          }
          rightSectionPointerEvents="all"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return;
            event.preventDefault();
            setText('');
          }}
        />
      </div>
      {error ? (
        <div className={css.notice}>
          <ProblemAlert problem={problemOf(error)} />
        </div>
      ) : null}
      {text.trim() === '' ? (
        <Tabs
          className={css.pages}
          value={page}
          onChange={(next) => next !== null && setPage(next)}
          keepMounted={false}
          activateTabWithKeyboard
        >
          <Tabs.List className={css.pageList} aria-label={t('fields.pages')}>
            {pages.map((tab) => (
              <Tabs.Tab key={tab.id} value={tab.id} data-page={tab.id}>
                <span className={layout.pageName}>
                  {localised(tab.label)}
                  {ruleCount(fields.filter((spec) => spec.tab === tab.id && ruled.has(spec.name)).length)}
                </span>
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {pages.map((tab) => (
            <Tabs.Panel key={tab.id} value={tab.id} className={css.page}>
              {list(fields.filter((spec) => spec.tab === tab.id))}
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : found.length > 0 ? (
        <div className={css.page}>{list(found)}</div>
      ) : (
        <p className={css.noFields}>{t('fields.none')}</p>
      )}
    </div>
  );
}

function FieldList({
  catalog,
  specs,
  connectionId,
  draft,
  present,
}: {
  catalog: Catalog;
  specs: readonly FieldSpec[];
  connectionId: ConnectionId;
  draft: BulkDraft;
  present: ReadonlyMap<string, BulkField>;
}) {
  const { begun } = useBulkSession(connectionId);
  const rules = new Map(draft.rules.map((one) => [one.field, one.rule]));
  return specs.map((spec) => (
    <BoundField
      key={`${begun} ${spec.name}`}
      catalog={catalog}
      spec={spec}
      rule={rules.get(spec.name) ?? null}
      connectionId={connectionId}
      present={present.get(spec.name)}
    />
  ));
}

type Bound = Omit<Parameters<typeof RuleField>[0], 'onRule' | 'onUnsaved' | 'offers'> & {
  connectionId: ConnectionId;
};

function BoundField(props: Bound) {
  const { connectionId, spec } = props;
  const setRule = useSetRule(connectionId);
  // The same functions as long as the field is the same, so that a letter in one field draws that field alone.
  const onRule = useCallback((rule: TypedRule | null) => setRule(spec.name, rule), [setRule, spec]);
  const onUnsaved = useCallback(
    (unsaved: boolean) => setUnsaved(connectionId, spec.name, unsaved),
    [connectionId, spec],
  );
  const offers = useMemo(
    () => ({
      get: () => bulkSession(connectionId).offered[spec.name] ?? null,
      set: (rule: BulkRule | null) => setOffered(connectionId, spec.name, rule),
    }),
    [connectionId, spec],
  );
  return <RuleField {...props} onRule={onRule} onUnsaved={onUnsaved} offers={offers} />;
}
