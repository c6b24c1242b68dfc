import { Button, Group } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState';

interface Props {
  readonly children: ReactNode;
  /** The boundary around the whole window, not around one tab. */
  readonly whole?: boolean;
}

/**
 * Keeps a fault in one screen from taking the window with it. Nothing is lost by it: edits are saved as they are
 * typed and tabs are kept by the main process, so showing the screen anew brings everything back.
 */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return <Broken whole={this.props.whole ?? false} again={() => this.setState({ broken: false })} />;
  }
}

function Broken({ whole, again }: { whole: boolean; again: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <EmptyState title={t(whole ? 'broken.window' : 'broken.tab')} advice={t('broken.advice')} alert>
      <Group gap="sm">
        <Button onClick={again}>{t('broken.again')}</Button>
        <Button variant="default" onClick={() => location.reload()}>
          {t('broken.reload')}
        </Button>
      </Group>
    </EmptyState>
  );
}
