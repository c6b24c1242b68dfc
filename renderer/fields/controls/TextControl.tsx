import { Textarea, TextInput } from '../../ui/inputs';
import { useControlHost } from '../EditorContext';
import { type ControlProps, inputProps, takesAsciiDigits, typedText } from './control';

const numeric = new Set(['digits', 'integer', 'port']);

/** A line of text, digits, an address: whatever is typed as it stands. */
export function TextControl(props: ControlProps) {
  const { spec, text } = props.field;
  const { saver } = useControlHost();
  return (
    <TextInput
      {...inputProps(props)}
      value={text}
      inputMode={numeric.has(spec.type) ? 'numeric' : undefined}
      data-ascii={takesAsciiDigits(spec) || undefined}
      onChange={(event) => saver.type(spec, typedText(spec, event.currentTarget))}
      onBlur={() => saver.leave(spec)}
    />
  );
}

/** Several lines of text. */
export function MultilineControl(props: ControlProps) {
  const { spec, text } = props.field;
  const { saver } = useControlHost();
  return (
    <Textarea
      {...inputProps(props)}
      value={text}
      autosize
      minRows={3}
      maxRows={12}
      onChange={(event) => saver.type(spec, event.currentTarget.value)}
      onBlur={() => saver.leave(spec)}
    />
  );
}
