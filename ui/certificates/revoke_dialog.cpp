// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/revoke_dialog.h"

#include "lifecycle/certificate_manager.h"
#include "ui/certificates/revocation_words.h"
#include "ui/certificates/version_box.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int longestNameOnButton = 40;

} // namespace

RevokeDialog::RevokeDialog(Workspace& workspace, const lifecycle::CertificateRow& certificate, QWidget* parent)
    : RequestDialog(u"revokeBanner"_s, parent)
    , m_workspace(workspace)
    , m_certificate(certificate)
    , m_form(new Form)
    , m_version(new VersionBox(u"revokeVersion"_s))
    , m_reason(makeComboBox(u"revokeReason"_s))
    , m_note(new QLineEdit)
    , m_signer(makeComboBox(u"revokeSigner"_s))
    , m_consequences(makeLabel(QString()))
    , m_keep(makeButton(tr("&Keep it"), u"revokeCancel"_s))
    , m_revoke(makeButton(tr("&Revoke %1").arg(namesText(certificate.names).left(longestNameOnButton)),
                          u"revokeConfirm"_s, u"revoke"_s))
{
    setObjectName(u"revokeDialog"_s);
    setWindowTitle(tr("Revoke “%1”").arg(namesText(certificate.names)));
    setAttribute(Qt::WA_DeleteOnClose);
    m_revoke->setProperty("danger", true);
    buildForm();
    buildLayout();
    showConsequences();
    resize(dialogWidth, sizeHint().height());
    m_version->read(workspace, certificate.id);
}

void RevokeDialog::buildForm()
{
    for (const int reason : offeredRevocationReasons())
        m_reason->addItem(revocationReasonText(reason), reason);
    m_note->setObjectName(u"revokeNote"_s);
    m_signer->addItem(tr("The account that ordered it"), false);
    m_signer->addItem(tr("The certificate's own key"), true);
    m_form->addRow(u"version"_s, tr("&Version"), m_version);
    m_form->setRowVisible(u"version"_s, false);
    m_form->addRow(u"reason"_s, tr("R&eason"), m_reason, tr("The authority publishes it."));
    m_form->addRow(u"note"_s, tr("&Note"), m_note, tr("For the activity log only; the authority never sees it."));
    m_form->addRow(u"key"_s, tr("&Signed by"), m_signer, tr("Its own key works also where the account is lost."));
    connect(m_version, &VersionBox::versionsRead, this, &RevokeDialog::takeVersions);
    connect(m_version, &QComboBox::currentIndexChanged, this, &RevokeDialog::showVersion);
    connect(m_reason, &QComboBox::currentIndexChanged, this, &RevokeDialog::showConsequences);
    connect(m_signer, &QComboBox::currentIndexChanged, this, &RevokeDialog::showConsequences);
}

void RevokeDialog::buildLayout()
{
    QFrame* card = makeCard();
    m_consequences->setObjectName(u"revokeConsequences"_s);
    cardLayout(card)->addWidget(m_consequences);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_keep);
    buttons->addWidget(m_revoke);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(m_form);
    layout->addWidget(card);
    layout->addWidget(banner());
    layout->addStretch(1);
    layout->addLayout(buttons);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_revoke, &QPushButton::clicked, this, &RevokeDialog::submit);
}

void RevokeDialog::takeVersions()
{
    m_version->leaveOutRevoked();
    m_form->setRowVisible(u"version"_s, m_version->count() > 1);
    if (!m_version->chosen())
        m_revoke->setEnabled(false);
    showVersion();
}

void RevokeDialog::showVersion()
{
    if (const lifecycle::CertificateVersion* version = m_version->chosen()) {
        m_form->setRowVisible(u"key"_s, version->hasKey);
        if (!version->hasKey)
            m_signer->setCurrentIndex(0);
    }
    showConsequences();
}

void RevokeDialog::showConsequences()
{
    const lifecycle::CertificateVersion* version = m_version->chosen();
    if (!version && m_version->count() > 0)
        return m_consequences->setText(tr("Every version of it is revoked already."));
    const QString what =
        tr("“%1” will be told that the certificate with serial %2, valid until %3, is not to be trusted any more. This "
           "cannot be taken back. Its names are: %4.")
            .arg(m_certificate.authorityName, version ? version->serial : m_certificate.serial,
                 localTime(version ? version->notAfter : m_certificate.notAfter),
                 nameLines(version ? version->names : m_certificate.names).replace(u'\n', u", "_s));
    QString then = tr("It stays in the list as revoked, and is not renewed any more.");
    if (!isAboutCurrent())
        then = m_version->isRevoked(0)
            ? tr("It is an older version; the current one is revoked already.")
            : tr("It is an older version; the current one stays valid and is renewed as before.");
    m_consequences->setText(what + u' ' + then);
}

bool RevokeDialog::isAboutCurrent() const
{
    return m_version->currentIndex() <= 0;
}

void RevokeDialog::submit()
{
    m_form->clearFaults();
    lifecycle::RevokeRequest request;
    request.certificateId = m_certificate.id;
    request.versionId = m_version->chosen() ? m_version->chosen()->id : QString();
    request.reason = m_reason->currentData().toInt();
    request.note = m_note->text().trimmed();
    request.withCertificateKey = m_signer->currentData().toBool();
    beginRequest(tr("Asking the authority to revoke it…"), {m_form, m_keep, m_revoke});
    m_workspace.manager.revokeCertificate(request, this, [this, current = isAboutCurrent()](base::Result<void> done) {
        endRequest();
        if (done) {
            Q_EMIT revoked(current);
            return accept();
        }
        if (!m_form->showError(done.error()))
            banner()->showError(done.error());
    });
}

} // namespace ui
