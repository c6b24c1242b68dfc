import { Checkbox } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { ComparedItem } from '../../../shared/model/many';
import { problemOf } from '../../../shared/model/problem';

import { formatCount, localised } from '../../i18n';
import { useComparison } from '../../program/comparison';
import { useFindable } from '../../program/finding';
import { EmptyState } from '../../ui/EmptyState';
import layout from '../../ui/layout.module.css';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { CompareTable } from './CompareTable';
import css from './compare.module.css';
import { changeCompared, mostCompared, sameItem } from './items';
import { MakeAlike } from './MakeAlike';
import { RecordPicker } from './RecordPicker';
import { compareGroups } from './rows';

/** How comparisons are looked at; kept over adding and removing records, which makes another tab of it. */
const useView = create(() => ({ onlyDifferent: false, differentFirst: true }));

/** Records side by side, one column each. */
export function CompareTab({ items, index }: { items: readonly ComparedItem[]; index: number }) {
  const { t } = useTranslation('compare');
  const view = useView();
  const { data, error } = useComparison(items);
  const [model, setModel] = useState<ComparedItem | null>(null);
  const root = useRef<HTMLElement>(null);
  const names = { different: t('different'), same: t('same') };
  useFindable(root, () =>
    (data ? compareGroups(data, names, view) : []).flatMap((group) =>
      group.rows.map(({ name, spec }) => ({
        id: name,
        text: spec ? localised(spec.label) : name,
        note: name,
        run: () =>
          root.current?.querySelector<HTMLElement>(`[data-compare-field="${CSS.escape(name)}"]`)?.focus(),
      })),
    ),
  );
  if (error && !data) {
    return (
      <EmptyState title={t('gone.title')} advice={t('gone.advice')}>
        <ProblemAlert problem={problemOf(error)} />
      </EmptyState>
    );
  }
  if (!data) return null;
  const groups = compareGroups(data, names, view);
  const different = [...data.fields, ...data.unknown].filter((one) => one.differs).length;
  const gone = items.length - data.items.length;
  return (
    <section
      ref={root}
      className={layout.page}
      aria-label={t('title')}
      data-first
      data-compare={data.items.length}
    >
      <div className={css.toolbar} role="toolbar" aria-label={t('title')}>
        <div className={css.picker}>
          <RecordPicker
            kind={data.kind}
            taken={items}
            onPick={(item) => changeCompared(index, [...items, item])}
          />
        </div>
        <Checkbox
          label={t('differentFirst')}
          checked={view.differentFirst}
          disabled={view.onlyDifferent}
          onChange={(event) => useView.setState({ differentFirst: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('onlyDifferent')}
          checked={view.onlyDifferent}
          onChange={(event) => useView.setState({ onlyDifferent: event.currentTarget.checked })}
        />
        <span className={layout.push} />
        <span className={layout.smallMuted} role="status">
          {data.items.length < 2
            ? t('addOne', { most: formatCount(mostCompared) })
            : t('differences', { count: different, n: formatCount(different) })}
          {gone > 0 ? ` · ${t('goneSome', { count: gone, n: formatCount(gone) })}` : null}
        </span>
      </div>
      {groups.length === 0 ? (
        <EmptyState
          icon={<IconArrowsDiff size={40} stroke={1.2} color="var(--role-muted)" aria-hidden />}
          title={t('allSame.title')}
          advice={t('allSame.advice')}
        />
      ) : (
        <CompareTable
          comparison={data}
          groups={groups}
          onMakeLike={setModel}
          onRemove={(item) =>
            changeCompared(
              index,
              items.filter((one) => !sameItem(one, item)),
            )
          }
        />
      )}
      {model ? <MakeAlike comparison={data} model={model} onClose={() => setModel(null)} /> : null}
    </section>
  );
}
