// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authorities.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace ui {

class Banner;
class Facts;
class Form;
class WorkRow;

/// Adds an authority: what the operator enters, what the directory says, then "Trust and add".
class AuthorityForm : public QWidget {
    Q_OBJECT

public:
    explicit AuthorityForm(Workspace& workspace, QWidget* parent = nullptr);

    /// An empty form with the cursor in the directory URL.
    void begin();

Q_SIGNALS:
    void added(const lifecycle::Authority& authority);
    void cancelled();

private:
    QWidget* makeRootEditor();
    void applyPreset(int index);
    void readRootFile();
    void chooseRoot(int kind);
    std::optional<lifecycle::AuthorityDetails> withFingerprint(lifecycle::AuthorityDetails details);
    void check();
    void add();
    void forgetPreview();
    void showPreview(const lifecycle::AuthorityPreview& preview);
    void showFailure(const base::Error& error);
    /// What is in the field, else the host.
    QString chosenName() const;
    /// What was entered; nothing, with a fault shown, where something is missing.
    std::optional<lifecycle::AuthorityDetails> entered();

    Workspace& m_workspace;
    Form* m_form;
    QComboBox* m_preset;
    QLineEdit* m_name;
    QLineEdit* m_url;
    QComboBox* m_rootKind;
    QWidget* m_rootFileRow;
    QLineEdit* m_rootFile;
    QPlainTextEdit* m_rootPem;
    QLineEdit* m_fingerprint;
    QLineEdit* m_proxy;
    Banner* m_banner;
    QWidget* m_previewCard;
    Facts* m_preview;
    QPushButton* m_check;
    QPushButton* m_add;
    WorkRow* m_work;
    lifecycle::AuthorityDetails m_checked; ///< what "Trust and add" adds: what the operator was shown
};

} // namespace ui
