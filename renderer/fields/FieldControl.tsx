import { ChoiceControl } from './controls/ChoiceControl';
import type { ControlProps } from './controls/control';
import { DateControl } from './controls/DateControl';
import { FlagControl } from './controls/FlagControl';
import { JsonControl, ReadOnlyControl } from './controls/ReadOnlyControl';
import { SecretControl } from './controls/SecretControl';
import { SecretTextControl } from './controls/SecretTextControl';
import { LookupControl, SuggestControl } from './controls/SuggestControl';
import { MultilineControl, TextControl } from './controls/TextControl';

/** The control that a field's type asks for. It knows types only: no field has a control of its own. */
export function FieldControl(props: ControlProps) {
  const { spec } = props.field;
  if (spec.type === 'json') return <JsonControl {...props} />;
  if (spec.readOnly) return <ReadOnlyControl {...props} />;
  if (spec.secret) {
    return spec.type === 'multiline' ? <SecretTextControl {...props} /> : <SecretControl {...props} />;
  }
  if (spec.suggest === 'lookup') return <LookupControl {...props} />;
  switch (spec.type) {
    case 'flag':
    case 'bit':
      return <FlagControl {...props} />;
    case 'multiline':
      return <MultilineControl {...props} />;
    case 'date':
      return <DateControl {...props} />;
    case 'choice':
      return spec.open || spec.suggest ? <SuggestControl {...props} /> : <ChoiceControl {...props} />;
    default:
      return spec.suggest || spec.open ? <SuggestControl {...props} /> : <TextControl {...props} />;
  }
}
