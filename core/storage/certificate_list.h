// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"
#include "storage/connection.h"

namespace storage {

/// The list of certificates for one query at one moment.
///
/// Which rows a page has and how many match is answered from the index certificate_list; only the rows shown are read.
class CertificateList {
public:
    CertificateList(lifecycle::CertificateQuery query, QDateTime now);

    /// A statement and a value for each "?" of it.
    struct Statement {
        QString sql;
        QVariantList values;
    };

    base::Result<lifecycle::CertificatePage> page(Connection& connection) const;
    /// Answers how many rows match and how many of them are retired.
    Statement countStatement() const;
    /// Answers the ids of the page.
    Statement idsStatement() const;
    /// One row, whether the query matches it or not. NotFound when there is no such certificate.
    static base::Result<lifecycle::CertificateRow> row(Connection& connection, const QString& id, const QDateTime& now);

private:
    base::Result<lifecycle::CertificatePage> count(Connection& connection) const;
    QString order() const;

    lifecycle::CertificateQuery m_query;
    QDateTime m_now;
    Statement m_condition;
};

} // namespace storage
