/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Shows a run as one self-contained page, with tables and plots drawn as SVG. {@link io.caracal.bench.html.HtmlReport}
 * is the entry point; a {@code Scale} places values on an axis, and a {@code Plot} draws lines between two scales.
 */
package io.caracal.bench.html;
