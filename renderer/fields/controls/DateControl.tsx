import { validateField } from '../../../shared/catalog/validate';
import { localised } from '../../i18n';
import { DayInput } from '../../ui/day/DayInput';
import { useControlHost } from '../EditorContext';
import { type ControlProps, inputProps } from './control';

// Stands for any day that a record may have: whether the field may be emptied is asked of a field that is not empty.
const anyDay = '2000-01-01';

/** A day, typed or picked in either calendar; the server gets the Gregorian one. */
export function DateControl(props: ControlProps) {
  const { saver } = useControlHost();
  const { spec, text } = props.field;
  const { dir: _, description: __, ...input } = inputProps(props);
  return (
    <DayInput
      {...input}
      value={text}
      name={localised(spec.label)}
      hint={props.hint}
      ahead
      clearable={validateField(spec, '', anyDay) === null}
      onType={(value) => saver.type(spec, value)}
      onPick={(value) => saver.choose(spec, value)}
      onLeave={() => saver.leave(spec)}
    />
  );
}
