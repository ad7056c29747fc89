// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/certificate_filter.h"

#include "lifecycle/tag.h"

#include <QRegularExpression>

namespace lifecycle {

using namespace Qt::StringLiterals;

CertificateFilter CertificateFilter::parse(const QString& text)
{
    // a quote that is not closed yet reaches to the end: the text is read while it is typed
    static const QRegularExpression form(u"(?<!\\S)tag:(?:\"([^\"]*)\"?|(\\S*))"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    CertificateFilter filter;
    qsizetype end = 0;
    for (auto matches = form.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        filter.words += text.sliced(end, match.capturedStart() - end);
        end = match.capturedEnd();
        const QString key = Tag::keyOf(match.captured(1) + match.captured(2));
        if (key.isEmpty())
            filter.anyTag = true;
        else
            filter.tagKeys.append(key);
    }
    filter.words += text.sliced(end);
    return filter;
}

} // namespace lifecycle
