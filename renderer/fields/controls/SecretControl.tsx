import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount, localised } from '../../i18n';
import { TextInput } from '../../ui/inputs';
import { useEditor } from '../EditorContext';
import css from '../fields.module.css';
import { revealForSeconds } from '../useReveal';
import { ConcealButton } from './ConcealButton';
import { type ControlProps, inputProps } from './control';
import { PasswordRules } from './PasswordRules';
import { SecretButton } from './SecretButton';
import { SecretProblem } from './SecretProblem';
import { newSecret, secretMask } from './secret-text';
import { useSecret } from './useSecret';

/**
 * A secret: its state, and the ways to see, copy, type or make one. Typing over the mask replaces the secret; what is
 * typed is sealed on its way and forgotten here as soon as it is saved and the field is left.
 */
export function SecretControl(props: ControlProps) {
  const { t } = useTranslation('editor');
  const { field, id } = props;
  const { spec } = field;
  const { saver } = useEditor();
  const { source, state, reveal, copying, editing, begin, onBlur, box } = useSecret(field);
  const [visible, setVisible] = useState(false);
  const [generated, setGenerated] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const names = { field: localised(spec.label) };

  const sealed = state === 'set' && (!spec.writeOnly || source === 'change');
  const masked = sealed || state === 'withheld' || state === 'unreadable';
  const value = editing ? (field.draft?.value.text ?? '') : (reveal.text ?? (masked ? secretMask : ''));

  const start = () => {
    reveal.hide();
    copying.forget();
    begin();
    input.current?.focus();
  };
  const generate = () => {
    start();
    saver.type(spec, newSecret(spec));
    setVisible(true);
    setGenerated(true);
  };
  const typed = (text: string) => {
    if (!editing) {
      reveal.hide();
      begin();
      setVisible(false);
    }
    setGenerated(false);
    // What is typed over the mask is the new secret; the mask itself never is.
    const clean = editing ? text : text.replaceAll('•', '');
    // The first key emptying the mask opens the field; emptying the secret itself has a button of its own.
    if (editing || clean !== '') saver.type(spec, clean);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that focus left the controls inside
    <div
      ref={box}
      onBlur={(event) => {
        onBlur(event);
        if (document.hasFocus() && !box.current?.contains(event.relatedTarget)) setVisible(false);
      }}
    >
      <div className={css.secret}>
        <TextInput
          {...inputProps(props)}
          ref={input}
          className={css.secretInput}
          type={editing && !visible ? 'password' : 'text'}
          autoComplete="new-password"
          value={value}
          readOnly={!editing && reveal.text !== null}
          placeholder={t(
            editing ? 'secret.placeholder' : `secret.state.${(!spec.writeOnly && state) || 'none'}`,
          )}
          description={props.error ? undefined : hint()}
          rightSectionPointerEvents="all"
          rightSection={editing ? <ConcealButton visible={visible} onChange={setVisible} /> : null}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => typed(event.currentTarget.value)}
        />
        {editing ? (
          field.draft || spec.required || spec.type === 'password' || state === 'empty' ? null : (
            <SecretButton
              word={t('secret.clear')}
              name={t('secret.clearOf', names)}
              onClick={() => saver.type(spec, '')}
            />
          )
        ) : (
          <>
            {sealed ? (
              <>
                <SecretButton
                  word={t(reveal.text === null ? 'secret.reveal' : 'secret.hide')}
                  name={reveal.text === null ? t('secret.revealOf', names) : t('secret.hide')}
                  busy={reveal.busy}
                  onClick={() => (reveal.text === null ? void reveal.show() : reveal.hide())}
                />
                <SecretButton
                  word={t('secret.copy')}
                  name={t('secret.copyOf', names)}
                  onClick={copying.run}
                />
              </>
            ) : null}
            <SecretButton word={t('secret.change')} name={t('secret.changeOf', names)} onClick={start} />
          </>
        )}
        <SecretButton word={t('secret.generate')} name={t('secret.generateOf', names)} onClick={generate} />
      </div>
      {spec.type === 'password' ? (
        <PasswordRules id={`${id}-rules`} text={field.draft?.value.text ?? ''} />
      ) : null}
      <SecretProblem reveal={reveal} copying={copying} />
    </div>
  );

  function hint() {
    if (reveal.text !== null && !editing) {
      return t('secret.revealed', { seconds: formatCount(revealForSeconds) });
    }
    if (generated && editing) return t('secret.generated');
    if (field.draft?.value.text === '' && !spec.writeOnly) return t('secret.willClear');
    if (spec.writeOnly && spec.note) return localised(spec.note);
    if (source === 'change') return t('secret.state.new');
    return state === 'withheld' || state === 'unreadable' ? t(`secret.state.${state}`) : props.hint;
  }
}
