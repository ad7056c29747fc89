// SPDX-License-Identifier: Apache-2.0
#include "crypto/openssl_error.h"

#include <QStringList>

#include <openssl/crypto.h>
#include <openssl/err.h>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

/// The library is left alone at exit: threads of a pool may end after its own clean-up, which would lose their state.
const bool keptUntilTheEnd = OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr) == 1;

QString drainReasons()
{
    QStringList reasons;
    while (const unsigned long code = ERR_get_error())
        if (const char* reason = ERR_reason_error_string(code))
            reasons.append(QString::fromLatin1(reason));
    reasons.removeDuplicates();
    return reasons.join(u", "_s);
}

} // namespace

tl::unexpected<base::Error> opensslFailed(const QString& doing, base::ErrorCode code)
{
    const QString reasons = drainReasons();
    return base::failed(code, reasons.isEmpty() ? doing + u" failed"_s : u"%1 failed: %2"_s.arg(doing, reasons));
}

tl::unexpected<base::Error> refused(base::ErrorCode code, const QString& detail)
{
    ERR_clear_error();
    return base::failed(code, detail);
}

} // namespace crypto
