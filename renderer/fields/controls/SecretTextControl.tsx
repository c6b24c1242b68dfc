import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localised } from '../../i18n';
import { Textarea } from '../../ui/inputs';
import { useEditor } from '../EditorContext';
import css from '../fields.module.css';
import { type ControlProps, inputProps } from './control';
import { SecretButton } from './SecretButton';
import { SecretProblem } from './SecretProblem';
import { secretMask } from './secret-text';
import { useSecret } from './useSecret';

/**
 * Several lines that may hold secrets. To edit them they are revealed first (journalled), so that the present text is
 * what gets edited; leaving the field hides them again.
 */
export function SecretTextControl(props: ControlProps) {
  const { t } = useTranslation('editor');
  const { field } = props;
  const { spec } = field;
  const { saver } = useEditor();
  const { source, state, reveal, copying, editing, begin, onBlur, box } = useSecret(field);
  const [unseen, setUnseen] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const names = { field: localised(spec.label) };
  // Only what has been seen, or is known to be empty, may be typed into: else the present text would be lost unseen.
  const open = editing && (reveal.text !== null || unseen || field.draft !== undefined);

  const edit = async () => {
    copying.forget();
    const present = state === 'set' ? await reveal.show(true) : '';
    if (present === null) return;
    setUnseen(state !== 'set');
    begin();
    // The text area takes focus once it can be typed into.
    requestAnimationFrame(() => input.current?.focus());
  };
  const leave = (event: React.FocusEvent) => {
    onBlur(event);
    if (document.hasFocus() && !box.current?.contains(event.relatedTarget)) {
      setUnseen(false);
      reveal.hide();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that focus left the controls inside
    <div ref={box} onBlur={leave}>
      <Textarea
        {...inputProps(props)}
        ref={input}
        value={open ? (field.draft?.value.text ?? reveal.text ?? '') : state === 'set' ? secretMask : ''}
        readOnly={!open}
        placeholder={t(`secret.state.${state ?? 'none'}`)}
        description={props.error ? undefined : hint()}
        autosize
        minRows={3}
        maxRows={12}
        classNames={{ input: css.code }}
        onChange={(event) => saver.type(spec, event.currentTarget.value)}
      />
      <div className={css.secretButtons}>
        {open ? null : (
          <SecretButton
            word={t(state === 'set' ? 'secret.edit' : 'secret.change')}
            name={state === 'set' ? t('secret.revealOf', names) : t('secret.changeOf', names)}
            busy={reveal.busy}
            onClick={() => void edit()}
          />
        )}
        {state === 'set' && !open ? (
          <SecretButton word={t('secret.copy')} name={t('secret.copyOf', names)} onClick={copying.run} />
        ) : null}
      </div>
      <SecretProblem reveal={reveal} copying={copying} />
    </div>
  );

  function hint() {
    if (field.draft?.value.text === '') return t('secret.willClear');
    if (open && reveal.text !== null) return t('secret.editNote');
    if (source === 'change') return t('secret.state.new');
    return props.hint;
  }
}
