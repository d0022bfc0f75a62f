/* SPDX-License-Identifier: Apache-2.0 */
/** What programs on older Curators do with the server under test. Sees only that Curator's class path. */
package io.caracal.compatibility.curator;
