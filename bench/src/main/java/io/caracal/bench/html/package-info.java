/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A run as one page that needs nothing else: tables, and plots drawn as SVG. {@link io.caracal.bench.html.HtmlReport}
 * is the way in; a {@code Scale} places values on an axis, a {@code Plot} draws lines between two scales.
 */
package io.caracal.bench.html;
