/* SPDX-License-Identifier: Apache-2.0 */
/** What a Dubbo provider and consumer do with the server under test; sees Dubbo's class path only. */
package io.caracal.compatibility.dubbo;
