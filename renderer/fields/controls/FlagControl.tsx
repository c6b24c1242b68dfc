import { SegmentedControl } from '@mantine/core';
import { localised } from '../../i18n';
import { useControlHost } from '../EditorContext';
import css from '../fields.module.css';
import { foreignValues } from './allowed';
import type { ControlProps } from './control';
import { UnderLine } from './UnderLine';

/** Yes or no at a glance; a value that the server has and the catalog does not list stands beside them. */
export function FlagControl({ field, id, labelId, error, hint }: ControlProps) {
  const { saver } = useControlHost();
  const { spec, text } = field;
  const listed = (spec.values ?? []).map((one) => ({ value: one.value, label: localised(one.label) }));
  const foreign = foreignValues(field).map((value) => ({ value, label: <bdi dir="ltr">{value}</bdi> }));
  return (
    <>
      <SegmentedControl
        id={id}
        className={css.flag}
        data-field={spec.name}
        aria-labelledby={labelId}
        aria-describedby={error || hint ? `${id}-under` : undefined}
        aria-invalid={error ? true : undefined}
        data={[...listed, ...foreign]}
        value={text}
        transitionDuration={100}
        onChange={(value) => saver.choose(spec, value)}
      />
      <UnderLine id={id} error={error} hint={hint} />
    </>
  );
}
