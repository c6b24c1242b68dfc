import { useState } from 'react';
import { type FieldErrors, type UseFormReturn, useForm } from 'react-hook-form';
import { type Kind, serverKind } from '../../../shared/catalog';
import type { Connection } from '../../../shared/model/connection';
import { type FormValues, readForm, valuesOf } from './formValues';

export type ConnectionForm = UseFormReturn<FormValues>;

/** The fields of the connection's form. Typed credentials stand beside it: they are no part of a connection. */
export function useConnectionForm(
  connection: Connection | null,
  others: readonly Connection[],
): ConnectionForm {
  const [first] = useState(() => valuesOf(connection, others));
  return useForm<FormValues>({
    defaultValues: first,
    mode: 'onTouched',
    resolver: (values) => {
      const read = readForm(values);
      if (read.ok) return { values, errors: {} };
      const errors: FieldErrors<FormValues> = {};
      for (const [field, message] of Object.entries(read.errors)) {
        Object.assign(errors, { [field]: { type: 'invalid', message } });
      }
      return { values: {}, errors };
    },
  });
}

/** Another kind has other ways to log in and to write: the form takes that kind's first ones. */
export function switchKind({ setValue }: ConnectionForm, kind: Kind): void {
  const catalog = serverKind(kind);
  setValue('kind', kind, { shouldDirty: true });
  setValue('authMode', catalog.authModes[0]?.id ?? '', { shouldDirty: true });
  setValue('writeMode', catalog.writeModes[0]?.id ?? 'full', { shouldDirty: true });
}
