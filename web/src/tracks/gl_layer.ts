/** The track layer in WebGL 2, as a custom layer of the map: history dots, then speed vectors, then symbols, each one
 *  instanced draw whatever the number of tracks. */
import type { CustomLayerInterface } from 'maplibre-gl';
import type { TrackPainter, Window } from '../map/view';
import { symbolStride } from './scene';
import type { Scene } from './scene';
import * as shaders from './shaders';

interface Attribute {
  name: string;
  size: number;
}

/** One program with its instance buffers. */
class Batch {
  readonly program: WebGLProgram;
  private readonly array: WebGLVertexArrayObject;
  private readonly values: WebGLBuffer;
  private readonly colours: WebGLBuffer;
  private count = 0;
  private readonly uniforms = new Map<string, WebGLUniformLocation | null>();

  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
    attributes: Attribute[],
  ) {
    this.program = link(gl, vertex, fragment);
    this.array = gl.createVertexArray();
    this.values = gl.createBuffer();
    this.colours = gl.createBuffer();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.values);
    const stride = attributes.reduce((sum, attribute) => sum + attribute.size, 0) * 4;
    let offset = 0;
    for (const { name, size } of attributes) {
      this.attribute(name, size, gl.FLOAT, false, stride, offset);
      offset += size * 4;
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.colours);
    this.attribute('a_colour', 4, gl.UNSIGNED_BYTE, true, 4, 0);
    gl.bindVertexArray(null);
  }

  upload(values: Float32Array, colours: Uint8Array): void {
    const gl = this.gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.values);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.colours);
    gl.bufferData(gl.ARRAY_BUFFER, colours, gl.DYNAMIC_DRAW);
    this.count = colours.length / 4;
  }

  uniform(name: string): WebGLUniformLocation | null {
    let location = this.uniforms.get(name);
    if (location === undefined) {
      location = this.gl.getUniformLocation(this.program, name);
      this.uniforms.set(name, location);
    }
    return location;
  }

  draw(prepare: (batch: Batch) => void): void {
    if (this.count === 0) return;
    this.gl.useProgram(this.program);
    prepare(this);
    this.gl.bindVertexArray(this.array);
    this.gl.drawArraysInstanced(this.gl.TRIANGLE_STRIP, 0, 4, this.count);
    this.gl.bindVertexArray(null);
  }

  private attribute(
    name: string,
    size: number,
    type: number,
    normalised: boolean,
    stride: number,
    offset: number,
  ): void {
    const location = this.gl.getAttribLocation(this.program, name);
    if (location < 0) throw new Error(`the track shader does not use ${name}`);
    this.gl.enableVertexAttribArray(location);
    this.gl.vertexAttribPointer(location, size, type, normalised, stride, offset);
    this.gl.vertexAttribDivisor(location, 1);
  }
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type);
  if (shader === null) throw new Error('no shader could be made');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? 'shader');
  return shader;
}

function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertex));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, fragment));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'program');
  return program;
}

interface Batches {
  symbols: Batch;
  vectors: Batch;
  dots: Batch;
}

function makeBatches(gl: WebGL2RenderingContext): Batches {
  const place = [{ name: 'a_position', size: 2 }];
  const motion = [...place, { name: 'a_velocity', size: 2 }, { name: 'a_time', size: 1 }];
  const symbols = [...motion, { name: 'a_kind', size: 3 }];
  const vectors = [...motion, { name: 'a_seconds', size: 1 }];
  const dots = [...place, { name: 'a_radius', size: 1 }];
  return {
    symbols: new Batch(gl, shaders.symbolVertex, shaders.symbolFragment, symbols),
    vectors: new Batch(gl, shaders.vectorVertex, shaders.vectorFragment, vectors),
    dots: new Batch(gl, shaders.dotVertex, shaders.dotFragment, dots),
  };
}

export interface GlLayerSource {
  window(): Window;
  /** Picture time to draw at. */
  time(): number;
  /** Halo behind symbols, 0..1 each. */
  halo(): [number, number, number, number];
}

export class GlTrackLayer implements CustomLayerInterface, TrackPainter {
  readonly id = 'tracks';
  readonly type = 'custom';
  drawnSymbols = 0;
  private gl: WebGL2RenderingContext | undefined;
  private batches: Batches | undefined;
  private scene: Scene | undefined;
  private fresh = false;

  constructor(private readonly source: GlLayerSource) {}

  onAdd(_map: unknown, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    this.gl = gl as WebGL2RenderingContext;
    this.batches = makeBatches(this.gl);
    this.fresh = this.scene !== undefined;
  }

  onRemove(): void {
    this.batches = undefined;
    this.gl = undefined;
    this.drawnSymbols = 0;
  }

  update(scene: Scene): void {
    this.scene = scene;
    this.fresh = true;
  }

  render(): void {
    const { gl, batches, scene } = this;
    if (gl === undefined || batches === undefined || scene === undefined) return;
    if (this.fresh) this.upload(batches, scene);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    const prepare = (batch: Batch): void => this.prepare(gl, batch, scene);
    batches.dots.draw(prepare);
    batches.vectors.draw(prepare);
    batches.symbols.draw(prepare);
    this.drawnSymbols = scene.symbols.length / symbolStride;
  }

  private upload(batches: Batches, scene: Scene): void {
    this.fresh = false;
    batches.symbols.upload(scene.symbols, scene.symbolColours);
    batches.vectors.upload(scene.vectors, scene.vectorColours);
    batches.dots.upload(scene.dots, scene.dotColours);
  }

  private prepare(gl: WebGL2RenderingContext, batch: Batch, scene: Scene): void {
    const window = this.source.window();
    gl.uniform2f(batch.uniform('u_offset'), scene.reference.x - window.centre.x, scene.reference.y - window.centre.y);
    gl.uniform1f(batch.uniform('u_scale'), window.worldSize);
    gl.uniform2f(batch.uniform('u_size'), window.width, window.height);
    gl.uniform1f(batch.uniform('u_time'), this.source.time() - scene.epoch);
    gl.uniform1f(batch.uniform('u_ratio'), devicePixelRatio);
    gl.uniform1f(batch.uniform('u_width'), 1.4);
    gl.uniform4f(batch.uniform('u_halo'), ...this.source.halo());
  }
}
