// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// The state of a certificate (lifecycle::CertificateState), computed by the database from the columns of certificate
/// (called "c") and the time, which goes where a "?" stands, in milliseconds.
namespace storage::state_sql {

/// The state as its number. Two moments: both are now.
QString state();
/// Whether a list hides the certificate unless told otherwise: revoked, or expired and nobody failed to renew it; no
/// order is running. One moment: now.
QString retired();
/// Whether the operator has to look: nothing issued, the last renewal failed, expired, or due for more than half of the
/// time between its renewal moment and its end. Revoked ones and those with a running order are left out. Two moments.
QString needsAttention();
/// Whether it could be renewed: issued, not revoked and without a running order.
QString renewable();

} // namespace storage::state_sql
