// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"
#include "storage/connection.h"
#include "storage/word_filter.h"

namespace storage {

/// The list of certificates for one query at one moment.
///
/// Which rows a page has and how many match is answered from the index certificate_list; only the rows shown are read.
class CertificateList {
public:
    CertificateList(lifecycle::CertificateQuery query, QDateTime now);

    base::Result<lifecycle::CertificatePage> page(Connection& connection) const;
    /// One row, whether the query matches it or not. NotFound when there is no such certificate.
    static base::Result<lifecycle::CertificateRow> row(Connection& connection, const QString& id, const QDateTime& now);

private:
    base::Result<lifecycle::CertificatePage> count(Connection& connection) const;
    base::Result<QStringList> ids(Connection& connection) const;
    QString order() const;

    lifecycle::CertificateQuery m_query;
    QDateTime m_now;
    WordFilter m_filter;
};

} // namespace storage
