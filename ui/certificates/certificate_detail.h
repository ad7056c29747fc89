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
    void fillSummary(const lifecycle::CertificateDetails& details);
    /// What the authority said about renewing it (RFC 9773).
    void fillRenewal(const lifecycle::RenewalInformation& renewal);
    void addFacts(const lifecycle::CertificateVersion& version);
    void fillVersions(const QList<lifecycle::CertificateVersion>& versions, const QString& currentId);
    void fillReport(const inspect::ReportNode& report);

    QLabel* m_title;
    Facts* m_summary;
    QTreeWidget* m_report;
    QTreeWidget* m_versions;
    QPlainTextEdit* m_pem;
    QTabWidget* m_tabs;
    QString m_orderId;
    QPushButton* m_order;
};

} // namespace ui
