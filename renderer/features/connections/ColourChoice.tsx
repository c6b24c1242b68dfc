import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connection, connectionColours } from '../../../shared/model/connection';
import { connectionLine } from '../../ui/ConnectionTag';
import classes from './ConnectionForm.module.css';

/** The connection's colour, one of a few that are easy to distinguish. */
export function ColourChoice({
  value,
  onChange,
}: {
  value: Connection['colour'];
  onChange: (colour: Connection['colour']) => void;
}) {
  const { t } = useTranslation('connections');
  const name = useId();
  return (
    <fieldset className={classes.colours} data-field="colour">
      <legend>{t('field.colour')}</legend>
      {connectionColours.map((colour) => (
        <label key={colour} className={classes.colour} title={t(`colour.${colour}`)}>
          <input
            type="radio"
            name={name}
            checked={value === colour}
            onChange={() => onChange(colour)}
            aria-label={t(`colour.${colour}`)}
          />
          <span style={{ background: connectionLine(colour) }} />
        </label>
      ))}
    </fieldset>
  );
}
