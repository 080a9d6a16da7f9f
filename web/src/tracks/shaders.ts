/** The three small programs of the track layer. Symbols are signed-distance shapes, so they are sharp at every pixel
 *  ratio; positions run on with their velocity inside the vertex shader, so a frame costs no upload. */

const place = `#version 300 es
precision highp float;
uniform vec2 u_offset;      // reference minus centre, mercator
uniform float u_scale;      // world size, CSS pixels
uniform vec2 u_size;        // window, CSS pixels
uniform float u_time;       // picture time since the epoch of the scene
vec2 pixelAt(vec2 position, vec2 velocity, float time) {
  return (position + u_offset + velocity * (u_time - time)) * u_scale;
}
vec4 clipAt(vec2 pixel) {
  return vec4(pixel.x * 2.0 / u_size.x, -pixel.y * 2.0 / u_size.y, 0.0, 1.0);
}
`;

const corner = `
vec2 cornerOf(int vertex) {
  return vec2((vertex & 1) == 0 ? -1.0 : 1.0, (vertex & 2) == 0 ? -1.0 : 1.0);
}
`;

export const symbolVertex = `${place}${corner}
in vec2 a_position; in vec2 a_velocity; in float a_time; in vec3 a_kind; in vec4 a_colour;
out vec2 v_at; out vec4 v_colour;
flat out vec3 v_kind;
void main() {
  vec2 at = cornerOf(gl_VertexID) * (a_kind.x + 3.0);
  v_at = at;
  v_kind = a_kind;
  v_colour = a_colour;
  gl_Position = clipAt(pixelAt(a_position, a_velocity, a_time) + at);
}`;

export const symbolFragment = `#version 300 es
precision highp float;
in vec2 v_at; in vec4 v_colour;
flat in vec3 v_kind;
uniform vec4 u_halo; uniform float u_ratio;
out vec4 colour;
// Distance to the edge of the shape in CSS pixels, negative inside.
float edge(vec2 p, float r, int shape) {
  vec2 a = abs(p);
  if (shape == 0) {  // four-pointed star
    float s = 1.16 * r;
    vec2 q = a.x > a.y ? a : a.yx;
    return dot(q - vec2(s, 0.0), normalize(vec2(0.36, 1.0))) ;
  }
  if (shape == 1 || shape == 5 || shape == 6) return (a.x + a.y - 1.12 * r) * 0.7071;
  if (shape == 3) return max(a.x, a.y) - 0.8 * r;
  if (shape == 4) return max(min(a.x, a.y) - 1.1, max(a.x, a.y) - 1.05 * r);
  return length(p) - (shape == 8 ? r : 0.92 * r);
}
void main() {
  float r = v_kind.x;
  int shape = int(v_kind.y + 0.5);
  bool hollow = v_kind.z > 0.5;
  float d = edge(v_at, r, shape);
  float soft = 0.6 / u_ratio;
  float fill = smoothstep(soft, -soft, d);
  float inside = fill;
  if (hollow) fill *= smoothstep(-1.7 - soft, -1.7 + soft, d);
  if (shape == 5 || shape == 7) fill *= smoothstep(1.9 - soft, 1.9 + soft, length(v_at));
  if (shape == 6) {  // spikes left and right
    float spike = max(abs(v_at.y) - 0.8, abs(v_at.x) - r - 2.6);
    fill = max(fill, smoothstep(soft, -soft, spike));
  }
  float halo = smoothstep(2.0, 0.6, d) * u_halo.a * (1.0 - inside);
  if (hollow) halo = max(halo, inside * (1.0 - fill) * 0.55 * u_halo.a);
  float alpha = fill * v_colour.a;
  colour = vec4(v_colour.rgb * alpha + u_halo.rgb * halo * (1.0 - alpha), alpha + halo * (1.0 - alpha));
}`;

export const vectorVertex = `${place}${corner}
in vec2 a_position; in vec2 a_velocity; in float a_time; in float a_seconds; in vec4 a_colour;
uniform float u_width;
out vec4 v_colour; out float v_side;
void main() {
  vec2 start = pixelAt(a_position, a_velocity, a_time);
  vec2 run = a_velocity * a_seconds * u_scale;
  float len = max(length(run), 1e-4);
  vec2 along = run / len;
  vec2 across = vec2(-along.y, along.x);
  vec2 c = cornerOf(gl_VertexID);
  float begin = min(7.5, len);
  vec2 at = start + along * (c.x < 0.0 ? begin : len) + across * c.y * u_width;
  v_side = c.y * u_width;
  v_colour = a_colour;
  gl_Position = clipAt(at);
}`;

export const vectorFragment = `#version 300 es
precision highp float;
in vec4 v_colour; in float v_side;
uniform float u_ratio;
out vec4 colour;
void main() {
  float alpha = v_colour.a * smoothstep(0.7 + 0.5 / u_ratio, 0.7 - 0.5 / u_ratio, abs(v_side));
  colour = vec4(v_colour.rgb * alpha, alpha);
}`;

export const dotVertex = `${place}${corner}
in vec2 a_position; in float a_radius; in vec4 a_colour;
out vec2 v_at; out vec4 v_colour;
flat out float v_radius;
void main() {
  vec2 at = cornerOf(gl_VertexID) * (a_radius + 1.0);
  v_at = at;
  v_radius = a_radius;
  v_colour = a_colour;
  gl_Position = clipAt(pixelAt(a_position, vec2(0.0), 0.0) + at);
}`;

export const dotFragment = `#version 300 es
precision highp float;
in vec2 v_at; in vec4 v_colour;
flat in float v_radius;
uniform float u_ratio;
out vec4 colour;
void main() {
  float alpha = v_colour.a * smoothstep(0.6 / u_ratio, -0.6 / u_ratio, length(v_at) - v_radius);
  colour = vec4(v_colour.rgb * alpha, alpha);
}`;
