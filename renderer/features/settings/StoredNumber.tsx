import { useEffect, useState } from 'react';
import type { Keeping } from '../../../shared/model/keeping';
import type { ApplySettings } from '../../../shared/model/plan';
import { NumberInput } from '../../ui/inputs';

/** A whole number, stored on blur or Enter: while typing 30 it is 3 for a moment. */
export function StoredNumber({
  label,
  field,
  stored,
  min,
  max,
  disabled = false,
  width = 80,
  onStore,
}: {
  label: string;
  field: keyof Keeping | keyof ApplySettings;
  stored: number;
  min: number;
  max: number;
  disabled?: boolean;
  width?: number;
  onStore: (value: number) => void;
}) {
  const [value, setValue] = useState<number | string>(stored);
  useEffect(() => setValue(stored), [stored]);
  const save = () => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) setValue(stored);
    else if (value !== stored) onStore(value);
  };
  return (
    <NumberInput
      aria-label={label}
      data-field={field}
      value={value}
      min={min}
      max={max}
      allowDecimal={false}
      clampBehavior="blur"
      disabled={disabled}
      hideControls
      w={width}
      onChange={setValue}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
