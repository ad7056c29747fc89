// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/revocation_reason.h"

#include <array>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

struct Reason {
    int code;
    const char16_t* name;
};

constexpr std::array reasons {
    Reason {0, u"unspecified"}, Reason {1, u"keyCompromise"},        Reason {3, u"affiliationChanged"},
    Reason {4, u"superseded"},  Reason {5, u"cessationOfOperation"}, Reason {9, u"privilegeWithdrawn"},
};

} // namespace

QStringList revocationReasonNames()
{
    QStringList names;
    for (const Reason& reason : reasons)
        names.append(QString::fromUtf16(reason.name));
    return names;
}

base::Result<int> revocationReasonFromName(const QString& name)
{
    for (const Reason& reason : reasons)
        if (name.compare(QStringView(reason.name), Qt::CaseInsensitive) == 0)
            return reason.code;
    return base::invalid(u"reason"_s,
                         u"“%1” is no reason; there are: %2"_s.arg(name, revocationReasonNames().join(u", "_s)));
}

QString revocationReasonName(int code)
{
    for (const Reason& reason : reasons)
        if (reason.code == code)
            return QString::fromUtf16(reason.name);
    return QString::number(code);
}

} // namespace lifecycle
