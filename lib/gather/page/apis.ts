/**
 * Calls that read what makes a device recognisable, and its sensors: once per document, script and API. What they are for nobody can
 * tell from one of them; who makes several can be named.
 */
import { dictionary, each, isText } from './guarded.ts';
import { noteCall as called } from './reads.ts';
import { interfaceOf, type Realm } from './realm.ts';
import { watchMethod, watchSetter, wrapConstructor } from './wrap.ts';

/** What the calls are told by, the interface, its methods. https://www.w3.org/TR/fingerprinting-guidance/ */
const METHODS = [
  'canvas HTMLCanvasElement toDataURL toBlob',
  'canvas CanvasRenderingContext2D getImageData',
  'webgl WebGLRenderingContext readPixels getSupportedExtensions',
  'webgl WebGL2RenderingContext readPixels getSupportedExtensions',
  'audio OfflineAudioContext startRendering',
  'audio BaseAudioContext createDynamicsCompressor',
  'userAgentData NavigatorUAData getHighEntropyValues',
  'navigator Navigator getBattery',
  'speechSynthesis SpeechSynthesis getVoices',
  'mediaDevices MediaDevices enumerateDevices',
].map((line) => line.split(' '));

const SENSORS = dictionary('devicemotion|deviceorientation|deviceorientationabsolute');

/** UNMASKED_VENDOR_WEBGL and UNMASKED_RENDERER_WEBGL: https://registry.khronos.org/webgl/extensions/WEBGL_debug_renderer_info/ */
const UNMASKED_VENDOR = 0x9245;
const UNMASKED_RENDERER = 0x9246;
/** Measuring so many different fonts is a search for those that are installed. */
const FONT_FLOOD = 40;

export function hookApis(realm: Realm): void {
  each(METHODS, (words) =>
    each(words, (method, place) => {
      const name = `${words[0]}.${method}`;
      if (place > 1) watchMethod(interfaceOf(realm, words[1] as string), method, () => called(name));
    }),
  );
  watchMethod(realm.OffscreenCanvas, 'convertToBlob', () => called('canvas.toBlob'));
  each([realm.WebGLRenderingContext, realm.WebGL2RenderingContext], (context) =>
    watchMethod(context, 'getParameter', (name) => {
      if (name === UNMASKED_VENDOR || name === UNMASKED_RENDERER) called('webgl.unmasked');
    }),
  );
  let fonts = 0;
  const font = (): void => {
    if (++fonts === FONT_FLOOD) called('fonts');
  };
  watchSetter(realm.CanvasRenderingContext2D, 'font', font);
  watchMethod(realm.FontFaceSet, 'check', font);
  wrapConstructor(realm, 'RTCPeerConnection', () => called('RTCPeerConnection'));
  // Sensors are read by listening.
  watchMethod(realm.EventTarget, 'addEventListener', (type) => {
    if (isText(type) && SENSORS[type]) called(type);
  });
  for (const type in SENSORS)
    watchSetter(realm, `on${type}`, (listener) => {
      if (listener) called(type);
    });
}
