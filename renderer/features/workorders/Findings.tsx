import { IconAlertTriangle, IconSquareRoundedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OfCollection } from '../../../shared/catalog';
import type { Finding } from '../../../shared/model/plan';
import { FieldLabel } from '../../ui/DiffLine';
import { isolate } from '../../ui/isolate';
import classes from './PlanRow.module.css';

/** What only shows when the rows are seen together: which field, which other record, and what to do about it. */
export function Findings({ findings, of }: { findings: readonly Finding[]; of: OfCollection }) {
  const words = useFindingWords();
  return findings.map((finding) => {
    const Icon = finding.blocking ? IconSquareRoundedX : IconAlertTriangle;
    return (
      <p
        key={`${finding.field} ${finding.code}`}
        className={classes.finding}
        data-finding={finding.code}
        data-blocking={finding.blocking}
      >
        <Icon size={14} aria-hidden className={classes.findingIcon} />
        <span>
          {finding.field === null ? null : (
            <>
              <strong>
                <FieldLabel of={of} field={finding.field} />
              </strong>
              {': '}
            </>
          )}
          {words(finding).long}
        </span>
      </p>
    );
  });
}

/** A finding in words: short for a column, and the whole of it with what to do. */
export function useFindingWords(): (finding: Finding) => { readonly short: string; readonly long: string } {
  const { t } = useTranslation('workorders');
  return ({ code, value, other }) => {
    const params = { value: isolate(value), other: isolate(other) };
    return { short: t(`finding.${code}.short`, params), long: t(`finding.${code}.long`, params) };
  };
}
