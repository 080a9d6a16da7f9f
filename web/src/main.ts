import './styles/fonts.css';
import './styles/tokens.css';
import './styles/header.css';
import './styles/dialogs.css';
import './styles/shell.css';
import './styles/panels.css';
import { App } from './app/app';

const root = document.getElementById('app');
if (root !== null) new App(root).start();
