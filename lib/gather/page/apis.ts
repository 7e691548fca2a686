/**
 * Calls that read what makes a device recognisable, and its sensors: once per document, script and API. What they are for nobody can
 * tell from one of them; who makes several can be named.
 */
import { argument, natives } from './natives.ts';
import { noteCall as called } from './reads.ts';
import type { Realm } from './realm.ts';
import { wrapAccessor, wrapConstructor, wrapMethod } from './wrap.ts';

/** Interface, method, and the name under which the call is told. https://www.w3.org/TR/fingerprinting-guidance/ */
const METHODS: [string, string, string][] = [
  ['HTMLCanvasElement', 'toDataURL', 'canvas.toDataURL'],
  ['HTMLCanvasElement', 'toBlob', 'canvas.toBlob'],
  ['OffscreenCanvas', 'convertToBlob', 'canvas.toBlob'],
  ['CanvasRenderingContext2D', 'getImageData', 'canvas.getImageData'],
  ['WebGLRenderingContext', 'readPixels', 'webgl.readPixels'],
  ['WebGL2RenderingContext', 'readPixels', 'webgl.readPixels'],
  ['WebGLRenderingContext', 'getSupportedExtensions', 'webgl.getSupportedExtensions'],
  ['WebGL2RenderingContext', 'getSupportedExtensions', 'webgl.getSupportedExtensions'],
  ['OfflineAudioContext', 'startRendering', 'audio.startRendering'],
  ['BaseAudioContext', 'createDynamicsCompressor', 'audio.createDynamicsCompressor'],
  ['NavigatorUAData', 'getHighEntropyValues', 'userAgentData.getHighEntropyValues'],
  ['Navigator', 'getBattery', 'navigator.getBattery'],
  ['SpeechSynthesis', 'getVoices', 'speechSynthesis.getVoices'],
  ['MediaDevices', 'enumerateDevices', 'mediaDevices.enumerateDevices'],
];

/** UNMASKED_VENDOR_WEBGL and UNMASKED_RENDERER_WEBGL: https://registry.khronos.org/webgl/extensions/WEBGL_debug_renderer_info/ */
const UNMASKED: unknown[] = [0x9245, 0x9246];
/** Measuring so many different fonts is a search for those that are installed. */
const FONT_FLOOD = 40;

export function hookApis(realm: Realm): void {
  const interfaces = realm as unknown as Record<string, { prototype: object } | undefined>;
  for (let i = 0; i < METHODS.length; i++) {
    const [owner, method, name] = METHODS[i] as (typeof METHODS)[number];
    const found = interfaces[owner];
    if (found)
      wrapMethod(found.prototype, method, (native, self, args) => {
        called(name);
        return natives.apply(native, self, args);
      });
  }
  for (const owner of ['WebGLRenderingContext', 'WebGL2RenderingContext']) {
    const found = interfaces[owner];
    if (found)
      wrapMethod(found.prototype, 'getParameter', (native, self, args) => {
        if (argument(args, 0) === UNMASKED[0] || argument(args, 0) === UNMASKED[1]) called('webgl.unmasked');
        return natives.apply(native, self, args);
      });
  }
  let fonts = 0;
  const font = (): void => {
    if (++fonts === FONT_FLOOD) called('fonts');
  };
  const context = interfaces.CanvasRenderingContext2D;
  if (context)
    wrapAccessor(context.prototype, 'font', 'set', (native, self, args) => {
      font();
      return natives.apply(native, self, args);
    });
  if (interfaces.FontFaceSet)
    wrapMethod(interfaces.FontFaceSet.prototype, 'check', (native, self, args) => {
      font();
      return natives.apply(native, self, args);
    });
  wrapConstructor(realm, 'RTCPeerConnection', () => called('RTCPeerConnection'));
  // Sensors are read by listening.
  wrapMethod(realm.EventTarget.prototype, 'addEventListener', (native, self, args) => {
    const type = argument(args, 0);
    if (type === 'devicemotion' || type === 'deviceorientation' || type === 'deviceorientationabsolute') called(type);
    return natives.apply(native, self, args);
  });
}
