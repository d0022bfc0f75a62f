/* SPDX-License-Identifier: Apache-2.0 */
/** What programs on older Curators do with the server under test; sees that Curator's class path only. */
package io.caracal.compatibility.curator;
