/** Stable ids for the services that the tables name in several ways. */
import type { CatalogueCategory, KnownService } from './catalogue.ts';

interface ServiceEntry {
  id: string;
  name: string;
  /** The tables' names for it. */
  rows: readonly string[];
}

const SERVICES: readonly ServiceEntry[] = [
  {
    id: 'yandex-metrica',
    name: 'Yandex.Metrica',
    rows: [
      'Yandex.Metrica',
      'Yandex.Metrica alternative CDN',
      'Yandex.Metrica alternative CDN (npm/yandex-metrica-watch)',
      'Yandex Metrica',
    ],
  },
  { id: 'yandex-static', name: 'Yandex static', rows: ['Yandex static (Metrica UI modules under /s3/metrika)'] },
  { id: 'yandex-direct', name: 'Yandex Direct', rows: ['Yandex Direct', 'Yandex Direct / RTB'] },
  {
    id: 'google-analytics',
    name: 'Google Analytics',
    rows: [
      'Google Analytics',
      'Google Analytics 4',
      'Google Analytics (UA)',
      'Google Analytics (ga.js)',
      'Google server-side tagging',
      'GA4 server-side or proxied',
    ],
  },
  {
    id: 'google-analytics-advertising',
    name: 'Google Analytics advertising features',
    rows: ['Google Analytics advertising features / Signals'],
  },
  { id: 'google-tag-manager', name: 'Google Tag Manager', rows: ['Google Tag / Tag Manager', 'Google Tag Manager'] },
  {
    id: 'google-ads',
    name: 'Google Ads',
    rows: [
      'Google Ads',
      'Google Ads / DoubleClick',
      'Google Ads conversion linker',
      'Google Ads link (via GA)',
      'Google server-side tagging (Ads)',
      'Google/Doubleclick Ads',
    ],
  },
  { id: 'google-ad-manager', name: 'Google Ad Manager', rows: ['Google Ad Manager/AdSense'] },
  { id: 'google-fonts', name: 'Google Fonts', rows: ['Google Fonts (IP transfer)', 'Google Fonts'] },
  { id: 'youtube', name: 'YouTube', rows: ['YouTube embed'] },
  { id: 'vk-ads', name: 'VK Ads / Top.Mail.ru', rows: ['VK Ads / Top.Mail.ru counter', 'VK Ads / Top.Mail.ru', 'Top.Mail.ru', 'VK Ads'] },
  { id: 'vk', name: 'VK', rows: ['VK', 'VK retargeting / widgets'] },
  { id: 'microsoft-clarity', name: 'Microsoft Clarity', rows: ['Microsoft Clarity', 'Clarity'] },
  { id: 'microsoft-advertising', name: 'Microsoft Advertising', rows: ['Microsoft Advertising UET', 'Microsoft Ads UET'] },
  { id: 'jivosite', name: 'JivoSite', rows: ['JivoSite', 'JivoSite chat'] },
  { id: 'bitrix24', name: 'Bitrix24', rows: ['Bitrix24', 'Bitrix24 widget', 'Bitrix24 CRM tracker'] },
  { id: 'bitrix-bigdata', name: 'Bitrix BigData', rows: ['Bitrix BigData', 'Bitrix BigData (analytics.bitrix.info)'] },
  { id: 'tilda-statistics', name: 'Tilda statistics', rows: ['Tilda statistics', 'Tilda statistics pixel'] },
  { id: '2gis', name: '2GIS', rows: ['2GIS maps'] },
  { id: 'amplitude', name: 'Amplitude', rows: ['Amplitude', 'Amplitude Mobile Analytics'] },
];

const BY_ROW = new Map(SERVICES.flatMap((entry) => entry.rows.map((row) => [row, entry] as const)));

/**
 * The service behind a table's row: a stable id and a display name. Rows of one service under several names come to one id;
 * a row's category decides where one name stands for two services. What the list does not know gets a slug of its name.
 */
export function knownService(rowName: string, vendor: string | null, category: CatalogueCategory | null): KnownService {
  if (rowName === 'Microsoft Clarity / Ads') {
    return knownService(category === 'marketing' ? 'Microsoft Advertising UET' : 'Microsoft Clarity', vendor, category);
  }
  // One row name for unrelated vendors.
  const name = rowName === 'CDN / bot protection' && vendor !== null ? vendor : rowName;
  const entry = BY_ROW.get(name);
  return entry === undefined ? { id: slug(name), name, vendor } : { id: entry.id, name: entry.name, vendor };
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
