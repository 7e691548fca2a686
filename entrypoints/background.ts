import browser from 'webextension-polyfill';
import { defineBackground } from 'wxt/utils/define-background';
import { startSession } from '../lib/session/session.ts';

export default defineBackground(() => startSession(browser));
