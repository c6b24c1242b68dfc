export function TemplatesTab() {
  return <p />;
}
