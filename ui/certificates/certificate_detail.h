// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/certificates.h"

#include <QWidget>

class QPushButton;
class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

class Facts;

/// Everything about one certificate: summary, every field as a tree, its versions, its PEM.
class CertificateDetail : public QWidget {
    Q_OBJECT

public:
    explicit CertificateDetail(QWidget* parent = nullptr);

    void showDetails(const lifecycle::CertificateDetails& details);

Q_SIGNALS:
    void orderWanted(const QString& orderId);

private:
    QWidget* makeSummary();
    QWidget* makePem();
    static void fillSummary(Facts& lines, const lifecycle::CertificateDetails& details);
    /// What the authority said about renewing it (RFC 9773).
    static void fillRenewal(Facts& lines, const lifecycle::RenewalInformation& renewal);
    static void addFacts(Facts& lines, const lifecycle::CertificateVersion& version);
    void fillVersions(const QList<lifecycle::CertificateVersion>& versions, const QString& currentId);
    void fillReport(const inspect::ReportNode& report);
    void fillPem(const QString& pem);

    QLabel* m_title;
    Facts* m_summary;
    QTreeWidget* m_report;
    QTreeWidget* m_versions;
    QPlainTextEdit* m_pem;
    QTabWidget* m_tabs;
    QString m_orderId;
    inspect::ReportNode m_shownReport;
    QList<QStringList> m_shownVersions;
    QPushButton* m_order;
};

} // namespace ui
