import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { createRoot } from 'react-dom/client';
import './app/app.css';
import { App } from './app/app';
import { startWords } from './lib/i18n';

await startWords();
createRoot(document.getElementById('root')!).render(<App />);
