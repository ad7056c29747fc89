// SPDX-License-Identifier: Apache-2.0
#include "storage/certificate_state_sql.h"

#include "lifecycle/managed_certificate.h"

namespace storage::state_sql {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::CertificateState;

QString number(CertificateState state)
{
    return QString::number(static_cast<int>(state));
}

} // namespace

QString state()
{
    return u"CASE WHEN c.open_orders > 0 AND c.version_count = 0 THEN "_s + number(CertificateState::Pending)
        + u" WHEN c.open_orders > 0 THEN "_s + number(CertificateState::Renewing) + u" WHEN c.version_count = 0 THEN "_s
        + number(CertificateState::Failed) + u" WHEN c.revoked_at IS NOT NULL THEN "_s
        + number(CertificateState::Revoked) + u" WHEN c.not_after <= ? THEN "_s + number(CertificateState::Expired)
        + u" WHEN c.newest_order_failed = 1 THEN "_s + number(CertificateState::Failed)
        + u" WHEN c.renew_at <= ? THEN CASE WHEN c.needs_csr = 1 THEN "_s + number(CertificateState::NeedsCsr)
        + u" ELSE "_s + number(CertificateState::Due) + u" END ELSE "_s + number(CertificateState::Valid) + u" END"_s;
}

QString retired()
{
    return u"(c.open_orders = 0 AND (c.revoked_at IS NOT NULL"
           " OR (c.newest_order_failed = 0 AND c.not_after IS NOT NULL AND c.not_after <= ?)))"_s;
}

QString needsAttention()
{
    return u"(c.open_orders = 0 AND c.revoked_at IS NULL AND (c.version_count = 0"
           " OR c.newest_order_failed = 1 OR c.not_after <= ?"
           " OR CASE WHEN c.needs_csr = 1 THEN c.renew_at ELSE (c.renew_at + c.not_after) / 2 END <= ?))"_s;
}

QString renewable()
{
    return u"c.open_orders = 0 AND c.revoked_at IS NULL AND c.needs_csr = 0"_s;
}

} // namespace storage::state_sql
